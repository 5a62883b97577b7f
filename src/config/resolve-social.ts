import type { Problems } from '../util/option-problems.ts'
import type { SocialOptions } from './options.ts'
import type { ResolvedConfig } from './resolved-config.ts'

const PLACEHOLDER = '{provider}'

/** Fills in what is said about social log-in; the providers themselves are the engine's to open. */
export function resolveSocial(
  {
    callback = `/account/social/${PLACEHOLDER}/callback`,
    linkProvenAddresses = false,
    storeTokens = false,
  }: SocialOptions,
  problems: Problems,
): ResolvedConfig['social'] {
  // A provider compares the address as a whole, so there is nothing in it that reads in two ways.
  const isPath = /^(?:\/(?:[\w.~-]+|\{provider\}))+\/?$/.test(callback) && !callback.split('/').includes('..')
  if (!isPath || callback.split(PLACEHOLDER).length !== 2) {
    problems.add(
      'social.callback',
      `must be a path with ${PLACEHOLDER} once, like "/account/social/{provider}/callback"`,
    )
  }
  // Their names are known once they are open.
  return { providers: [], tokenSecretProviders: [], callback, linkProvenAddresses, storeTokens }
}
