import type { CommandContext } from './context.ts'
import { endOtherSessions } from './steps/end-other-sessions.ts'
import { requireActor } from './steps/require-actor.ts'

/**
 * Ends all of the caller's sessions but the one they came with.
 *
 * @throws {AuthError} `not_authenticated`
 */
export async function revokeOtherSessions(ctx: CommandContext): Promise<void> {
  const actor = requireActor(ctx)
  await endOtherSessions(ctx, actor)
  ctx.emit('sessionRevoked', { user: actor.user, sessionIds: 'others' }, ctx.request)
}
