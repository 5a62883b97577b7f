import type { Actor } from '../model/session.ts'
import { type CommandContext, tokenManagerFor } from './context.ts'
import { requireActor } from './steps/require-actor.ts'

export interface LogoutInput {
  /**
   * What ends: the session the caller came with, the one token that the user has for the carrier `user-token`, however the
   * caller came in, or both of them.
   *
   * @default 'session'
   */
  readonly ends?: 'session' | 'user-token' | 'both'
}

/**
 * Ends the session the caller came with; its values are refused from now on, in every process. A caller who came with a
 * password has none.
 *
 * @throws {AuthError} `not_authenticated`
 */
export async function logout(ctx: CommandContext, { ends = 'session' }: LogoutInput = {}): Promise<void> {
  const actor = requireActor(ctx)
  const { session, user } = actor
  if (ends !== 'session') await endUserToken(ctx, actor)
  if (session.carrier === 'none' || (ends === 'user-token' && session.carrier !== 'user-token')) return
  await tokenManagerFor(ctx, session.carrier).revoke(session)
  await ctx.store.attempts.markLoggedOut(session.id, ctx.clock.now())
  ctx.emit('userLoggedOut', { user, session }, ctx.request)
}

/** The one that the caller came with ends as their session. */
async function endUserToken(ctx: CommandContext, { session: own, user }: Actor): Promise<void> {
  const sessions = await ctx.store.sessions.listForUser(user.id, ctx.clock.now())
  for (const session of sessions.filter(({ carrier, id }) => carrier === 'user-token' && id !== own.id)) {
    await tokenManagerFor(ctx, 'user-token').revoke(session)
    ctx.emit('sessionRevoked', { user, sessionIds: [session.id] }, ctx.request)
  }
}
