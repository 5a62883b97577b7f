import type { Identity } from '../model/identity.ts'
import type { CommandContext } from './context.ts'
import { connectIdentity, SOCIAL_CONNECT } from './steps/connect-identity.ts'
import { provePresentedIdentity } from './steps/prove-presented-identity.ts'
import type { ProofInput } from './steps/read-proof.ts'
import { requireActor } from './steps/require-actor.ts'

export interface SocialConnectInput extends ProofInput {}

/**
 * Lets the caller log in by a provider from now on, by what a client got from the provider.
 *
 * Doing it twice is fine. The addresses of both sides have no say in it: the caller has proven to be the one, and the
 * provider's person the other.
 *
 * @throws {AuthError} `not_authenticated`, `identity_taken`, what `provePresentedIdentity` throws; `token_invalid` when the
 * user was disabled or the sessions ended meanwhile
 */
export async function socialConnect(ctx: CommandContext, input: SocialConnectInput): Promise<Identity> {
  const { user } = requireActor(ctx)
  return connectIdentity(ctx, user, await provePresentedIdentity(ctx, input, SOCIAL_CONNECT))
}
