import { AuthError } from '../errors.ts'
import type { UserId } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { requireUserById } from './steps/find-user-by-id.ts'
import { assertMayTouch } from './steps/may-touch.ts'
import { requireOperator } from './steps/require-operator.ts'
import { auditedUser, writeAudit } from './steps/write-audit.ts'

export interface AdminEndSessionInput {
  /** A number or a text, as it stands in an address. */
  readonly userId: UserId
  /** The session's public handle. */
  readonly sessionId: string
}

/**
 * Ends one session of a user. All of them end with the action `end-sessions`.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `not_found`
 */
export async function adminEndSession(ctx: CommandContext, input: AdminEndSessionInput): Promise<void> {
  const operator = await requireOperator(ctx, 'end_session')
  const subject = await requireUserById(ctx, input.userId)
  await assertMayTouch(ctx, operator, { subject, touch: 'data' })
  const { sessionId } = input
  const isKnown = typeof sessionId === 'string' && /^[\w:.-]{1,200}$/.test(sessionId)
  if (!isKnown || !(await ctx.store.sessions.delete(sessionId, subject.id))) throw new AuthError('not_found')
  await ctx.store.attempts.markLoggedOut([sessionId], ctx.clock.now())
  await writeAudit(ctx, { action: 'user.session-ended', object: auditedUser(subject) })
  ctx.emit('sessionRevoked', { user: subject, sessionIds: [sessionId] }, ctx.request)
}
