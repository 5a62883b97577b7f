import { AuthError } from '../errors.ts'
import { isActive } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { enqueueMailJob } from './steps/enqueue-mail.ts'
import { findCode, takeCode } from './steps/find-code.ts'

export interface CancelEmailChangeInput {
  readonly code: unknown
}

/**
 * Stops a change of address, or undoes one that was confirmed, for the owner of the old address.
 *
 * Whoever asked for the change knew the password, so every session ends and the old address gets a reset link.
 *
 * @throws {AuthError} `code_invalid`, `rate_limited`
 */
export async function cancelEmailChange(ctx: CommandContext, input: CancelEmailChangeInput): Promise<void> {
  const code = await findCode(ctx, input.code, 'cancel-email-change')
  const user = await ctx.store.users.findById(code.userId)
  const oldEmail = code.payload
  if (user === null || !isActive(user) || typeof oldEmail !== 'string') throw new AuthError('code_invalid')
  await takeCode(ctx, code)
  const restored = await ctx.store.users.update(
    user.id,
    { email: oldEmail, emailVerifiedAt: user.email === oldEmail ? user.emailVerifiedAt : ctx.clock.now() },
    { when: { status: 'active' }, endSessions: 'all', removeCodes: true },
  )
  if (restored.outcome !== 'updated') throw new AuthError('code_invalid')
  const { language } = ctx.request
  await enqueueMailJob(ctx, { kind: 'reset-password', to: oldEmail, userId: user.id, language, data: {} })
  if (user.email !== oldEmail) ctx.emit('emailChanged', { user: restored.user, oldEmail: user.email }, ctx.request)
}
