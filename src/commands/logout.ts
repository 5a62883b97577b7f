import { AuthError } from '../errors.ts'
import type { Actor, Carrier } from '../model/session.ts'
import { type CommandContext, tokenManagerFor } from './context.ts'
import { endOtherSessions } from './steps/end-other-sessions.ts'
import { requireActor } from './steps/require-actor.ts'

export interface LogoutInput {
  /**
   * What ends: the session the caller came with, the one token that the user has for the carrier `user-token`, however the
   * caller came in, both of them, or every session of the user.
   *
   * @default 'session'
   */
  readonly ends?: 'session' | 'user-token' | 'both' | 'all'
  /** For `user-token` and `both`: the carrier whose tokens end, all that the user has. @default 'user-token' */
  readonly tokenCarrier?: Extract<Carrier, 'user-token' | 'token' | 'simple-jwt'>
  /** For `user-token` and `both`: refuses where the user has no such token, and then nothing else ends. @default false */
  readonly mustEndToken?: boolean
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
 * @throws {AuthError} `not_authenticated`; `not_found` with `mustEndToken`
 */
export async function logout(ctx: CommandContext, input: LogoutInput = {}): Promise<void> {
  const { ends = 'session', tokenCarrier = 'user-token', mustEndToken = false, cookie = null } = input
  const actor = requireActor(ctx)
  const { session, user } = actor
  if (ends === 'user-token' || ends === 'both') {
    // The token first: where there is none to end, the caller still has the session to go on with.
    const ended = await endTokens(ctx, actor, tokenCarrier)
    if (mustEndToken && ended === 0 && session.carrier !== tokenCarrier) throw new AuthError('not_found')
  }
  if (ends === 'all') await endOthers(ctx, actor)
  if (cookie !== null) await endCookieSession(ctx, actor, cookie)
  if (session.carrier === 'none' || (ends === 'user-token' && session.carrier !== tokenCarrier)) return
  await tokenManagerFor(ctx, session.carrier).revoke(session)
  await ctx.store.attempts.markLoggedOut([session.id], ctx.clock.now())
  ctx.emit('userLoggedOut', { user, session }, ctx.request)
}

async function endCookieSession(ctx: CommandContext, { session: own, user }: Actor, cookie: string): Promise<void> {
  const manager = tokenManagerFor(ctx, 'cookie')
  const active = manager.recognizes(cookie) ? await manager.authenticate(cookie) : null
  if (active === null || active.user.id !== user.id || active.session.id === own.id) return
  await manager.revoke(active.session)
  await ctx.store.attempts.markLoggedOut([active.session.id], ctx.clock.now())
  ctx.emit('sessionRevoked', { user, sessionIds: [active.session.id] }, ctx.request)
}

async function endOthers(ctx: CommandContext, actor: Actor): Promise<void> {
  const ended = await endOtherSessions(ctx, actor)
  if (ended > 0) ctx.emit('sessionRevoked', { user: actor.user, sessionIds: 'others' }, ctx.request)
}

/** Tells how many ended. The one that the caller came with is none of them: it ends as their session. */
async function endTokens(ctx: CommandContext, { session: own, user }: Actor, tokens: Carrier): Promise<number> {
  const sessions = await ctx.store.sessions.listForUser(user.id, ctx.clock.now())
  let ended = 0
  for (const session of sessions.filter(({ carrier, id }) => carrier === tokens && id !== own.id)) {
    if (!(await tokenManagerFor(ctx, tokens).revoke(session))) continue
    await ctx.store.attempts.markLoggedOut([session.id], ctx.clock.now())
    ctx.emit('sessionRevoked', { user, sessionIds: [session.id] }, ctx.request)
    ended += 1
  }
  return ended
}
