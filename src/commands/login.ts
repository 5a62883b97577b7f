import { toAccount } from '../model/account.ts'
import type { Carrier } from '../model/session.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { askHook } from './steps/ask-hook.ts'
import { newSessionId } from './steps/begin-session.ts'
import { completeLogin, type LoginResult } from './steps/complete-login.ts'
import { assertIdentifier, assertPasswordText } from './steps/input.ts'
import { proveUser } from './steps/prove-user.ts'

export type { LoginResult } from './steps/complete-login.ts'

export interface LoginInput {
  /** A user name or an address, as far as the configuration lets them log in. */
  readonly identifier: unknown
  readonly password: unknown
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
  const { identifier, password, carrier = 'token', withCookie = false, updateLastLogin = true } = input
  const { identifiers = null, revealStatus = ctx.config.login.revealStatus } = input
  assertIdentifier('identifier', identifier)
  assertPasswordText('password', password)
  const sessionId = newSessionId(ctx)
  const accept = (user: User): Promise<void> => askHook(ctx.hooks.beforeLogin?.(toAccount(user), ctx.request))
  const proof = {
    claim: { identifier, kinds: identifiers },
    password,
    action: 'login',
    sessionId,
    revealStatus,
    accept,
  }
  const { user, backend } = await proveUser(ctx, proof)
  const proven = { sessionId, user, carrier, assurance: 'password', backend } as const
  return completeLogin(ctx, { ...proven, withCookie, updateLastLogin })
}
