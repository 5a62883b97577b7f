import type { Identity } from '../model/identity.ts'
import type { Carrier } from '../model/session.ts'
import type { CommandContext } from './context.ts'
import { assertMayLogIn } from './steps/assert-may-log-in.ts'
import { newSessionId } from './steps/begin-session.ts'
import { completeLogin, type LoginResult } from './steps/complete-login.ts'
import { connectIdentity, SOCIAL_CONNECT } from './steps/connect-identity.ts'
import { logAttempt } from './steps/log-attempt.ts'
import { noteIdentityLogin } from './steps/note-identity-login.ts'
import { provePresentedIdentity } from './steps/prove-presented-identity.ts'
import type { ProofInput } from './steps/read-proof.ts'
import { requireActor } from './steps/require-actor.ts'

export interface ConnectAndLogInInput extends ProofInput {
  /** @default 'token' */
  readonly carrier?: Carrier
  /** Begins a session with a cookie beside the one of the carrier. @default false */
  readonly withCookie?: boolean
  /** Whether this counts as the user's last log-in. @default true */
  readonly updateLastLogin?: boolean
}

export interface ConnectAndLogInResult extends LoginResult {
  readonly identity: Identity
}

/**
 * Connects a provider as `socialConnect` does, and logs the caller in once more, by what was just proven.
 *
 * It gives no more than connecting and a log-in by that provider would: the same is asked, and never whether somebody else
 * has the identity. The caller's other sessions go on. Who may not log in connects nothing.
 *
 * @throws {AuthError} `not_authenticated`, `identity_taken`, what `provePresentedIdentity` and `assertMayLogIn` throw;
 * `token_invalid` when the user was disabled or the sessions ended meanwhile
 */
export async function connectAndLogIn(
  ctx: CommandContext,
  input: ConnectAndLogInInput,
): Promise<ConnectAndLogInResult> {
  const { carrier = 'token', withCookie = false, updateLastLogin = true } = input
  const { user } = requireActor(ctx)
  const checked = await provePresentedIdentity(ctx, input, SOCIAL_CONNECT)
  await assertMayLogIn(ctx, { user, action: SOCIAL_CONNECT })
  const identity = await connectIdentity(ctx, user, checked)
  await noteIdentityLogin(ctx, identity, checked)
  const sessionId = newSessionId(ctx)
  await logAttempt(ctx, { user, identifier: null, action: SOCIAL_CONNECT, outcome: 'success', sessionId })
  const proven = { sessionId, user, carrier, assurance: 'identity-provider', backend: checked.provider } as const
  return { ...(await completeLogin(ctx, { ...proven, withCookie, updateLastLogin })), identity }
}
