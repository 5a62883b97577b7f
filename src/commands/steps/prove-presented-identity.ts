import type { CommandContext } from '../context.ts'
import type { CheckedIdentity } from './check-identity.ts'
import { findProvider } from './find-provider.ts'
import { limitByAddress } from './limit-rate.ts'
import { proveIdentity } from './prove-identity.ts'
import { type ProofInput, readProof } from './read-proof.ts'

/**
 * Proves who sent what a client got from a provider by itself. `action` is for the attempt log.
 *
 * @throws {AuthError} `rate_limited`, `not_found` for an unknown provider, `validation_failed`, what `proveIdentity` throws
 */
export async function provePresentedIdentity(
  ctx: CommandContext,
  input: ProofInput,
  action: string,
): Promise<CheckedIdentity> {
  await limitByAddress(ctx, 'socialLoginsPerAddress')
  const provider = findProvider(ctx, input.provider)
  const proof = readProof(ctx, input, provider)
  return proveIdentity(ctx, { provider, action, ask: (asked) => asked.verify(proof) })
}
