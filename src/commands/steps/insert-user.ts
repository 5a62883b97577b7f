import { AuthError } from '../../errors.ts'
import type { NewUser, User, UserStatus } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import type { CheckedNewUser } from './read-new-user.ts'

const DAY_MILLISECONDS = 86_400_000

/** What the engine adds to what was typed. */
export interface NewUserState {
  readonly passwordHash: string | null
  readonly status: UserStatus
  readonly emailVerifiedAt: Date | null
  readonly isStaff: boolean
  readonly isSuperuser: boolean
}

/** Adds the user, or names the field whose value somebody else has. */
export async function insertUser(
  ctx: CommandContext,
  checked: CheckedNewUser,
  state: NewUserState,
): Promise<{ readonly user: User } | { readonly taken: string }> {
  const now = ctx.clock.now()
  const user: NewUser = {
    ...checked,
    ...state,
    id: ctx.config.ids === 'uuid' ? uuid(ctx.random.bytes(16)) : null,
    dateJoined: now,
  }
  const pendingMilliseconds = ctx.config.retention.pendingUsersDays * DAY_MILLISECONDS
  const result = await ctx.store.users.insert(user, {
    replacePendingBefore: new Date(now.getTime() - pendingMilliseconds),
  })
  return result.outcome === 'inserted' ? { user: result.user } : { taken: result.field }
}

/** @throws {AuthError} `validation_failed` with `taken` under the field */
export function refuseTaken(field: string): AuthError {
  return new AuthError('validation_failed', { fields: { [field]: [{ code: 'taken' }] } })
}

/** RFC 9562 §5.4, version 4. */
function uuid(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte, index) => {
    const marked = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte
    return marked.toString(16).padStart(2, '0')
  }).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
