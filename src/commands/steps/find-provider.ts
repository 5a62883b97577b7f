import type { IdentityProvider } from '../../contracts/identity-provider.ts'
import { AuthError } from '../../errors.ts'
import type { CommandContext } from '../context.ts'

/** @throws {AuthError} `not_found` for a name that no configured provider has */
export function findProvider(ctx: CommandContext, name: unknown): IdentityProvider {
  const provider = typeof name === 'string' ? ctx.providers.get(name) : undefined
  if (provider === undefined) throw new AuthError('not_found')
  return provider
}

/** Where the provider sends browsers back to: from the configuration alone, and no other provider's. */
export function callbackOf(
  { config }: Pick<CommandContext, 'config'>,
  { name }: Pick<IdentityProvider, 'name'>,
): string {
  return config.site.origin + config.social.callback.replace('{provider}', name)
}
