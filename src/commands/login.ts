import type { Authenticator } from '../contracts/authentication-backend.ts'
import { AuthError } from '../errors.ts'
import { toAccount } from '../model/account.ts'
import type { Carrier } from '../model/session.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { askHook } from './steps/ask-hook.ts'
import { authenticatorBackend } from './steps/authenticator-backend.ts'
import { newSessionId } from './steps/begin-session.ts'
import { completeLogin, type LoginResult } from './steps/complete-login.ts'
import { assertIdentifier, assertPasswordText } from './steps/input.ts'
import { type Proof, proveUser } from './steps/prove-user.ts'

export type { LoginResult } from './steps/complete-login.ts'

export interface LoginInput {
  /** A user name or an address, as far as the configuration lets them log in. */
  readonly identifier: unknown
  /** Not looked at where there is an `authenticator`. */
  readonly password?: unknown
  /** Proves the user in place of `password` and the configured backends. @default none */
  readonly authenticator?: Authenticator | undefined
  /** @default 'token' */
  readonly carrier?: Carrier
  /** Begins a session with a cookie beside the one of the carrier. @default false */
  readonly withCookie?: boolean
  /** Whether this counts as the user's last log-in. @default true */
  readonly updateLastLogin?: boolean
  /**
   * As what `identifier` is looked up, where a form asks for one of them only. It never adds to what the configuration lets
   * log in. @default as `login.identifiers` says
   */
  readonly identifiers?: readonly ('username' | 'email')[]
  /**
   * Tells whoever typed the right password why it does not let in. @default as `login.revealStatus` says
   */
  readonly revealStatus?: boolean
  /** Tells of a lock instead of answering as for a wrong password. @default as `login.revealLocks` says */
  readonly revealLocks?: boolean
  /** Tells an unknown name from a wrong password, so that anybody can find out who has an account. @default false */
  readonly dangerouslyTellUnknown?: boolean
  /** The session ends at most so many seconds after it begins, used or not. @default as its carrier says */
  readonly lifetimeSeconds?: number
  /** Whoever is not staff is refused as for a wrong password, and counted so. @default false */
  readonly onlyStaff?: boolean
}

/**
 * Begins a session for whoever proves to be a user.
 *
 * Status and verification are looked at only after the password was right (in the gate), so that a stranger learns
 * nothing from them. The session is always a new one.
 *
 * @throws {AuthError} `validation_failed`, what `proveUser` throws, `refused_by_hook`; `token_invalid` when the password
 * was replaced meanwhile. With `dangerouslyTellUnknown` the reason is `user_unknown` where nobody has the name
 */
export async function login(ctx: CommandContext, input: LoginInput): Promise<LoginResult> {
  const { identifier, carrier = 'token', withCookie = false, updateLastLogin = true } = input
  const { identifiers = null, revealStatus = ctx.config.login.revealStatus, lifetimeSeconds } = input
  assertIdentifier('identifier', identifier)
  const offered = whatIsOffered(ctx, input)
  const sessionId = newSessionId(ctx)
  const accept = async (user: User): Promise<void> => {
    if (input.onlyStaff === true && !user.isStaff) throw new AuthError('invalid_credentials')
    await askHook(ctx.hooks.beforeLogin?.(toAccount(user), ctx.request))
  }
  const proof = {
    claim: { identifier, kinds: identifiers },
    ...offered,
    action: 'login',
    sessionId,
    revealStatus,
    revealLocks: input.revealLocks ?? ctx.config.login.revealLocks,
    tellsUnknown: input.dangerouslyTellUnknown === true,
    accept,
  }
  const { user, backend } = await proveUser(ctx, proof)
  const proven = { sessionId, user, carrier, assurance: 'password', backend } as const
  return completeLogin(ctx, { ...proven, withCookie, updateLastLogin, lifetimeSeconds })
}

/** @throws {AuthError} `validation_failed` */
function whatIsOffered(
  ctx: CommandContext,
  { password, authenticator }: LoginInput,
): Pick<Proof, 'password' | 'backend'> {
  if (authenticator !== undefined) return { password: '', backend: authenticatorBackend(ctx, authenticator) }
  assertPasswordText('password', password)
  return { password }
}
