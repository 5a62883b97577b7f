import type { InsertUserOptions } from '../../contracts/store.ts'
import { AuthError } from '../../errors.ts'
import { canonicalUsername } from '../../model/identifier.ts'
import { isUnconfirmed, type NewUser, type User, type UserStatus } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { newId } from './new-id.ts'
import type { CheckedNewUser } from './read-new-user.ts'
import { usernameMaker } from './username-maker.ts'

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
  const { row, options } = newUserRow(ctx, checked, state)
  const result = await ctx.store.users.insert(row, options)
  return result.outcome === 'inserted' ? { user: result.user } : { taken: result.field }
}

/** A user as the store is given one, with whom it may replace. */
export function newUserRow(
  ctx: CommandContext,
  checked: CheckedNewUser,
  state: NewUserState,
): { readonly row: NewUser; readonly options: InsertUserOptions } {
  const row = { ...checked, ...state, id: newId(ctx), dateJoined: ctx.clock.now() }
  const isInvented = ctx.config.user.username === 'invented'
  const maker = isInvented ? { inventUsername: usernameMaker(ctx, checked) } : {}
  return { row, options: { replacePendingBefore: replacePendingBefore(ctx), ...maker } }
}

/**
 * Tells beforehand whether `insertUser` would find the name taken, so that this can be told with all other complaints.
 * The insert still decides.
 */
export async function isUsernameTaken(ctx: CommandContext, username: string | null): Promise<boolean> {
  if (username === null) return false
  const [holder] = await ctx.store.users.findByIdentifier(canonicalUsername(username), ['username'], 1)
  if (holder === undefined) return false
  return !isUnconfirmed(holder) || holder.dateJoined.getTime() >= replacePendingBefore(ctx).getTime()
}

/** Who joined earlier and never confirmed it holds nothing any more. */
function replacePendingBefore({ clock, config }: CommandContext): Date {
  return new Date(clock.now().getTime() - config.retention.pendingUsersDays * DAY_MILLISECONDS)
}

/** @throws {AuthError} `validation_failed` with `taken` under the field */
export function refuseTaken(field: string): AuthError {
  return new AuthError('validation_failed', { fields: { [field]: [{ code: 'taken' }] } })
}
