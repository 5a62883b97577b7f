import type { Session } from '../model/session.ts'
import type { CommandContext } from './context.ts'
import { requireActor } from './steps/require-actor.ts'

export interface ListedSession {
  readonly session: Session
  /** The one the caller came with. */
  readonly isCurrent: boolean
}

/**
 * The caller's own live sessions, latest use first.
 *
 * @throws {AuthError} `not_authenticated`
 */
export async function listSessions(ctx: CommandContext): Promise<readonly ListedSession[]> {
  const { user, session: current } = requireActor(ctx)
  const sessions = await ctx.store.sessions.listForUser(user.id, ctx.clock.now())
  return sessions.map((session) => ({ session, isCurrent: session.id === current.id }))
}
