import type { ProviderTokens } from '../contracts/identity-provider.ts'
import type { UserId } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { openSealedTokens } from './steps/sealed-tokens.ts'

export interface ReadProviderTokensInput {
  readonly userId: UserId
  /** The provider's name. */
  readonly provider: string
}

/**
 * Gives the application what it can call the provider with on the user's behalf, as of the latest log-in. For the server
 * alone: no door offers it. `null` where nothing is kept.
 */
export async function readProviderTokens(
  ctx: CommandContext,
  { userId, provider }: ReadProviderTokensInput,
): Promise<ProviderTokens | null> {
  const identities = await ctx.store.identities.listForUser(userId)
  const kept = identities.filter((identity) => identity.provider === provider && identity.sealedTokens !== null)
  const [latest] = kept.sort((a, b) => b.lastLoginAt.getTime() - a.lastLoginAt.getTime())
  return openSealedTokens(ctx, latest?.sealedTokens ?? null)
}
