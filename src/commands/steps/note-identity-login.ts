import type { Identity } from '../../model/identity.ts'
import type { CommandContext } from '../context.ts'
import type { CheckedIdentity } from './check-identity.ts'

/** Somebody has come in by an identity: what the provider told of them this time is kept. */
export async function noteIdentityLogin(
  ctx: CommandContext,
  { id }: Pick<Identity, 'id'>,
  { extraData, sealedTokens }: CheckedIdentity,
): Promise<void> {
  const tokens = sealedTokens === null ? {} : { sealedTokens }
  await ctx.store.identities.noteLogin(id, { lastLoginAt: ctx.clock.now(), extraData, ...tokens })
}
