import type { Identity } from '../model/identity.ts'
import type { CommandContext } from './context.ts'
import { connectIdentity, SOCIAL_CONNECT } from './steps/connect-identity.ts'
import { findProvider } from './steps/find-provider.ts'
import { limitByAddress } from './steps/limit-rate.ts'
import { proveIdentity } from './steps/prove-identity.ts'
import { type ProofInput, readProof } from './steps/read-proof.ts'
import { requireActor } from './steps/require-actor.ts'

export interface SocialConnectInput extends ProofInput {}

/**
 * Lets the caller log in by a provider from now on, by what a client got from the provider.
 *
 * Doing it twice is fine. The addresses of both sides have no say in it: the caller has proven to be the one, and the
 * provider's person the other.
 *
 * @throws {AuthError} `not_authenticated`, `not_found` for an unknown provider, `rate_limited`, `identity_taken`, what
 * `proveIdentity` throws; `token_invalid` when the user was disabled or the sessions ended meanwhile
 */
export async function socialConnect(ctx: CommandContext, input: SocialConnectInput): Promise<Identity> {
  const { user } = requireActor(ctx)
  await limitByAddress(ctx, 'socialLoginsPerAddress')
  const provider = findProvider(ctx, input.provider)
  const proof = readProof(ctx, input, provider)
  const checked = await proveIdentity(ctx, { provider, action: SOCIAL_CONNECT, ask: (asked) => asked.verify(proof) })
  return connectIdentity(ctx, user, checked)
}
