import { AuthError } from '../errors.ts'
import { isActive } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { findCode, takeCode } from './steps/find-code.ts'

export interface CancelEmailChangeInput {
  readonly code: unknown
}

/**
 * Stops a change of address, or undoes one that was confirmed, for the owner of the old address.
 *
 * Whoever asked for the change knew the password, so it opens nothing any more, every session ends, and the old address
 * gets a link to set a new one.
 *
 * @throws {AuthError} `code_invalid`, `rate_limited`
 */
export async function cancelEmailChange(ctx: CommandContext, input: CancelEmailChangeInput): Promise<void> {
  const code = await findCode(ctx, input.code, 'cancel-email-change')
  const user = await ctx.store.users.findById(code.userId)
  const oldEmail = code.payload.address
  if (user === null || !isActive(user)) throw new AuthError('code_invalid')
  await takeCode(ctx, code)
  const restored = await ctx.store.users.update(
    user.id,
    {
      email: oldEmail,
      emailVerifiedAt: user.email === oldEmail ? user.emailVerifiedAt : ctx.clock.now(),
      passwordHash: null,
    },
    { when: { status: 'active' }, endSessions: 'all', removeCodes: 'all' },
  )
  if (restored.outcome !== 'updated') throw new AuthError('code_invalid')
  await enqueueMail(ctx, { kind: 'reset-password', user: restored.user, isOwed: true })
  if (user.email !== oldEmail) ctx.emit('emailChanged', { user: restored.user, oldEmail: user.email }, ctx.request)
}
