import type { Carrier } from '../model/session.ts'
import type { CommandContext } from './context.ts'
import { admitIdentity } from './steps/admit-identity.ts'
import { newSessionId } from './steps/begin-session.ts'
import { completeLogin, type LoginResult } from './steps/complete-login.ts'
import { provePresentedIdentity } from './steps/prove-presented-identity.ts'
import type { ProofInput } from './steps/read-proof.ts'
import { SOCIAL_LOGIN } from './steps/refuse-login.ts'
import type { NewcomerInput } from './steps/register-identity.ts'

export interface SocialLoginInput extends ProofInput, NewcomerInput {
  /** @default 'token' */
  readonly carrier?: Carrier
  /** Begins a session with a cookie beside the one of the carrier. @default false */
  readonly withCookie?: boolean
  /** Whether this counts as the user's last log-in. @default true */
  readonly updateLastLogin?: boolean
}

export interface SocialLoginResult extends LoginResult {
  /** The user was made by this log-in. */
  readonly isNew: boolean
}

/**
 * Begins a session for whoever a provider proves to be one of its people, by what a client got from the provider.
 *
 * The first time makes a user. Somebody who is logged in already changes nothing: the session is the proven user's.
 *
 * @throws {AuthError} what `provePresentedIdentity` and `admitIdentity` throw; `token_invalid` when the user was disabled
 * meanwhile
 */
export async function socialLogin(ctx: CommandContext, input: SocialLoginInput): Promise<SocialLoginResult> {
  const { carrier = 'token', withCookie = false, updateLastLogin = true } = input
  const checked = await provePresentedIdentity(ctx, input, SOCIAL_LOGIN)
  const sessionId = newSessionId(ctx)
  const { user, isNew } = await admitIdentity(ctx, checked, { sessionId, own: input })
  const proven = { sessionId, user, carrier, assurance: 'identity-provider', backend: checked.provider } as const
  return { ...(await completeLogin(ctx, { ...proven, withCookie, updateLastLogin })), isNew }
}
