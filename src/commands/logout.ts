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
  /**
   * The value of a session cookie that came along with another credential: the same user's session behind it ends, too,
   * so that nobody stays logged in on a shared computer. @default none
   */
  readonly cookie?: string | null
}

/**
 * Ends the session the caller came with; its values are refused from now on, in every process. A caller who came with a
 * password has none.
 *
 * @throws {AuthError} `not_authenticated`
 */
export async function logout(
  ctx: CommandContext,
  { ends = 'session', cookie = null }: LogoutInput = {},
): Promise<void> {
  const actor = requireActor(ctx)
  const { session, user } = actor
  if (ends !== 'session') await endUserToken(ctx, actor)
  if (cookie !== null) await endCookieSession(ctx, actor, cookie)
  if (session.carrier === 'none' || (ends === 'user-token' && session.carrier !== 'user-token')) return
  await tokenManagerFor(ctx, session.carrier).revoke(session)
  await ctx.store.attempts.markLoggedOut(session.id, ctx.clock.now())
  ctx.emit('userLoggedOut', { user, session }, ctx.request)
}

async function endCookieSession(ctx: CommandContext, { session: own, user }: Actor, cookie: string): Promise<void> {
  const manager = tokenManagerFor(ctx, 'cookie')
  const active = manager.recognizes(cookie) ? await manager.authenticate(cookie) : null
  if (active === null || active.user.id !== user.id || active.session.id === own.id) return
  await manager.revoke(active.session)
  ctx.emit('sessionRevoked', { user, sessionIds: [active.session.id] }, ctx.request)
}

/** The one that the caller came with ends as their session. */
async function endUserToken(ctx: CommandContext, { session: own, user }: Actor): Promise<void> {
  const sessions = await ctx.store.sessions.listForUser(user.id, ctx.clock.now())
  for (const session of sessions.filter(({ carrier, id }) => carrier === 'user-token' && id !== own.id)) {
    await tokenManagerFor(ctx, 'user-token').revoke(session)
    ctx.emit('sessionRevoked', { user, sessionIds: [session.id] }, ctx.request)
  }
}
