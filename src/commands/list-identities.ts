import { type IdentityInfo, toIdentityInfo } from '../model/identity.ts'
import type { CommandContext } from './context.ts'
import { requireActor } from './steps/require-actor.ts'

/**
 * The providers by which the caller can log in, in the order in which they were connected.
 *
 * @throws {AuthError} `not_authenticated`
 */
export async function listIdentities(ctx: CommandContext): Promise<readonly IdentityInfo[]> {
  const { user } = requireActor(ctx)
  return (await ctx.store.identities.listForUser(user.id)).map(toIdentityInfo)
}
