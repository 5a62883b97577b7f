import { toAccount } from '../model/account.ts'
import type { Carrier, IssuedToken } from '../model/session.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { askHook } from './steps/ask-hook.ts'
import { beginSession, newSessionId } from './steps/begin-session.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { assertIdentifier, assertPasswordText } from './steps/input.ts'
import { knownDeviceOf, rememberOnDevice } from './steps/known-device.ts'
import { proveUser } from './steps/prove-user.ts'

export interface LoginInput {
  /** A user name or an address, as far as the configuration lets them log in. */
  readonly identifier: unknown
  readonly password: unknown
  /** @default 'token' */
  readonly carrier?: Carrier
}

export interface LoginResult {
  readonly user: User
  readonly issued: IssuedToken
  /** The new value of the known-device cookie. */
  readonly deviceToken: string
}

/**
 * Begins a session for whoever proves to be a user.
 *
 * Status and verification are looked at only after the password was right (in the gate), so that a stranger learns
 * nothing from them. The session is always a new one.
 *
 * @throws {AuthError} `validation_failed`, what `proveUser` throws, `refused_by_hook`; `token_invalid` when the password
 * was replaced meanwhile
 */
export async function login(ctx: CommandContext, input: LoginInput): Promise<LoginResult> {
  const { identifier, password, carrier = 'token' } = input
  assertIdentifier('identifier', identifier)
  assertPasswordText('password', password)
  const sessionId = newSessionId(ctx)
  const accept = (user: User): Promise<void> => askHook(ctx.hooks.beforeLogin?.(toAccount(user), ctx.request))
  const claim = { identifier }
  const { user, backend } = await proveUser(ctx, { claim, password, action: 'login', sessionId, accept })
  const isNewDevice = await isFirstLoginHere(ctx, { user, sessionId })
  const issued = await beginSession(ctx, { sessionId, user, carrier, assurance: 'password', backend })
  const loggedIn = await noteLogin(ctx, user)
  if (isNewDevice) await tellOwner(ctx, user)
  ctx.emit('userLoggedIn', { user: loggedIn, session: issued.session, isNewDevice }, ctx.request)
  return { user: loggedIn, issued, deviceToken: rememberOnDevice(ctx, user, ctx.request.deviceToken) }
}

async function noteLogin(ctx: CommandContext, user: User): Promise<User> {
  const lastLoginAt = ctx.clock.now()
  await ctx.store.users.noteLogin(user.id, lastLoginAt)
  return { ...user, lastLoginAt }
}

/** Neither the device's cookie nor an earlier log-in from this address vouches for it. The first log-in is no news. */
async function isFirstLoginHere(
  ctx: CommandContext,
  { user, sessionId }: { readonly user: User; readonly sessionId: string },
): Promise<boolean> {
  if (user.lastLoginAt === null || knownDeviceOf(ctx, user, ctx.request.deviceToken) !== null) return false
  const { address } = ctx.request
  if (address === null) return true
  const earlier = await ctx.store.attempts.list({ userId: user.id, address, outcome: 'success', limit: 2 })
  return earlier.every((attempt) => attempt.sessionId === sessionId)
}

async function tellOwner(ctx: CommandContext, user: User): Promise<void> {
  if (!ctx.config.login.mailNewDevices) return
  const { address, userAgent } = ctx.request
  const data = { address, userAgent, at: ctx.clock.now().toISOString() }
  await enqueueMail(ctx, { kind: 'new-device', user, data })
}
