import { AuthError } from '../errors.ts'
import type { CommandContext } from './context.ts'
import { requireActor } from './steps/require-actor.ts'

export interface RevokeSessionInput {
  /** The session's public handle. */
  readonly sessionId: string
}

/**
 * Ends one of the caller's own sessions. Somebody else's is as unknown as one that never was.
 *
 * @throws {AuthError} `not_authenticated`, `not_found`
 */
export async function revokeSession(ctx: CommandContext, { sessionId }: RevokeSessionInput): Promise<void> {
  const { user } = requireActor(ctx)
  const isEnded = await ctx.store.sessions.delete(sessionId, user.id)
  if (!isEnded) throw new AuthError('not_found')
  await ctx.store.attempts.markLoggedOut([sessionId], ctx.clock.now())
  ctx.emit('sessionRevoked', { user, sessionIds: [sessionId] }, ctx.request)
}
