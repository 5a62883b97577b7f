import type { UpdateUserResult } from '../contracts/store.ts'
import { AuthError } from '../errors.ts'
import { canonicalEmail } from '../model/identifier.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { ALL_BUT_UNDO } from './steps/conditions.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { type FoundCode, findCode } from './steps/find-code.ts'

export interface CancelEmailChangeInput {
  readonly code: unknown
}

/**
 * Stops a change of address, or undoes one that happened, for the owner of the old address.
 *
 * Whoever asked for the change was logged in, so neither the password nor any provider opens anything any more, every
 * session ends, and the old address gets a link to set a new password. A user whom the change left pending is active again.
 *
 * @throws {AuthError} `code_invalid`, `rate_limited`
 */
export async function cancelEmailChange(ctx: CommandContext, input: CancelEmailChangeInput): Promise<void> {
  const code = await findCode(ctx, input.code, 'cancel-email-change')
  const user = await ctx.store.users.findById(code.userId)
  const oldEmail = code.payload.address
  if (user === null || user.status === 'disabled') throw new AuthError('code_invalid')
  let restored = await restore(ctx, user, code)
  if (restored.outcome === 'conflict' && (await isFreed(ctx, oldEmail))) restored = await restore(ctx, user, code)
  if (restored.outcome !== 'updated') throw new AuthError('code_invalid')
  await enqueueMail(ctx, { kind: 'reset-password', user: restored.user, isOwed: true })
  if (user.email !== oldEmail) ctx.emit('emailChanged', { user: restored.user, oldEmail: user.email }, ctx.request)
}

/**
 * Undo links of before stay: each change makes one for the address it takes away, and whoever stole an account and changed
 * it twice must not be able to kill the owner's link with their own. The oldest one wins, whenever it is used: taking the
 * code and removing the younger ones is one step, so that of two used at the same moment the older has the last word.
 */
function restore(ctx: CommandContext, user: User, code: FoundCode): Promise<UpdateUserResult> {
  const { status, email, emailVerifiedAt } = user
  const { address: oldEmail } = code.payload
  const provenAt = email === oldEmail && emailVerifiedAt !== null ? emailVerifiedAt : ctx.clock.now()
  return ctx.store.users.update(
    user.id,
    { email: oldEmail, emailVerifiedAt: provenAt, passwordHash: null, status: 'active' },
    {
      when: { status },
      endSessions: 'all',
      // Whoever was logged in could connect a provider of theirs just as well.
      removeIdentities: 'all',
      takesCode: code,
      removeCodes: { except: 'cancel-email-change', madeBefore: code.createdAt },
    },
  )
}

/**
 * Takes the address from somebody who has never proven it: whoever stole it could otherwise block the way back by giving
 * it to another user of theirs.
 */
async function isFreed(ctx: CommandContext, address: string): Promise<boolean> {
  const [holder] = await ctx.store.users.findByIdentifier(canonicalEmail(address), ['email'], 1)
  if (holder === undefined || holder.emailVerifiedAt !== null) return false
  const { email } = holder
  const freed = await ctx.store.users.update(holder.id, { email: null }, { when: { email }, removeCodes: ALL_BUT_UNDO })
  if (freed.outcome === 'updated') ctx.emit('emailChanged', { user: freed.user, oldEmail: email }, ctx.request)
  return freed.outcome === 'updated'
}
