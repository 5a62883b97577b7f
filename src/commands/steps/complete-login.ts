import type { Assurance, Carrier, IssuedToken } from '../../model/session.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { beginSession, newSessionId } from './begin-session.ts'
import { enqueueMail } from './enqueue-mail.ts'
import { knownDeviceOf, rememberOnDevice } from './known-device.ts'

/** Somebody who was proven, whose attempt is in the log under the session's handle, and who is now let in. */
export interface ProvenLogin {
  readonly sessionId: string
  readonly user: User
  readonly carrier: Carrier
  readonly assurance: Assurance
  readonly backend: string
  /** Begins a session with a cookie beside the one of the carrier. */
  readonly withCookie: boolean
  /** Whether this counts as the user's last log-in. */
  readonly updateLastLogin: boolean
  /** The session ends at most so long after it begins. @default as the token manager says */
  readonly lifetimeSeconds?: number | undefined
}

export interface LoginResult {
  readonly user: User
  readonly issued: IssuedToken
  /** Only with `withCookie`. */
  readonly cookie: IssuedToken | null
  /** The new value of the known-device cookie. */
  readonly deviceToken: string
}

/**
 * What every log-in ends with, however the user was proven: the session, the mail about a new device, the event.
 *
 * @throws {AuthError} `token_invalid` when the user was disabled, or the password replaced, since it was proven
 */
export async function completeLogin(ctx: CommandContext, login: ProvenLogin): Promise<LoginResult> {
  const { user, withCookie, updateLastLogin } = login
  const isNewDevice = await isFirstLoginHere(ctx, login)
  const issued = await beginSession(ctx, login)
  await noteOtherHandle(ctx, login, issued)
  const cookie = withCookie ? await beginCookieSession(ctx, login) : null
  const loggedIn = updateLastLogin ? await noteLogin(ctx, user) : user
  if (isNewDevice) await tellOwner(ctx, user)
  ctx.emit('userLoggedIn', { user: loggedIn, session: issued.session, isNewDevice }, ctx.request)
  return { user: loggedIn, issued, cookie, deviceToken: rememberOnDevice(ctx, user, ctx.request.deviceToken) }
}

/** A manager of one session a user goes on with that one: the log must name the session that ends some day. */
async function noteOtherHandle(
  ctx: CommandContext,
  { sessionId }: ProvenLogin,
  { session }: IssuedToken,
): Promise<void> {
  if (session.id !== sessionId) await ctx.store.attempts.renameSession(sessionId, session.id)
}

function beginCookieSession(ctx: CommandContext, login: ProvenLogin): Promise<IssuedToken> {
  return beginSession(ctx, { ...login, sessionId: newSessionId(ctx), carrier: 'cookie' })
}

async function noteLogin(ctx: CommandContext, user: User): Promise<User> {
  const lastLoginAt = ctx.clock.now()
  await ctx.store.users.noteLogin(user.id, lastLoginAt)
  return { ...user, lastLoginAt }
}

/** Neither the device's cookie nor an earlier log-in from this address vouches for it. The first log-in is no news. */
async function isFirstLoginHere(
  ctx: CommandContext,
  { user, sessionId }: Pick<ProvenLogin, 'user' | 'sessionId'>,
): Promise<boolean> {
  if (knownDeviceOf(ctx, user, ctx.request.deviceToken) !== null) return false
  const hasComeBefore = async (from: { readonly address?: string }): Promise<boolean> => {
    const earlier = await ctx.store.attempts.list({ userId: user.id, ...from, outcome: 'success', limit: 2 })
    return earlier.some((attempt) => attempt.sessionId !== sessionId)
  }
  // Not every log-in is noted with the user, so the log is asked where none was.
  if (user.lastLoginAt === null && !(await hasComeBefore({}))) return false
  const { address } = ctx.request
  return address === null || !(await hasComeBefore({ address }))
}

async function tellOwner(ctx: CommandContext, user: User): Promise<void> {
  if (!ctx.config.login.mailNewDevices) return
  const { address, userAgent } = ctx.request
  const data = { address, userAgent, at: ctx.clock.now().toISOString() }
  await enqueueMail(ctx, { kind: 'new-device', user, data })
}
