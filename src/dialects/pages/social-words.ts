import type { AuthError } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import { messagesFor } from '../../messages/catalogues.ts'
import type { ProviderPageWords, SocialPageWords } from '../../messages/messages.ts'

/** What a page of social log-in does. */
export type SocialPurpose = 'login' | 'connect'

/** The name of the page's provider as people read it; `null` on every other page, and for a provider there is not. */
export function providerTitle(exchange: Exchange): string | null {
  const name: string | undefined = exchange.params['provider']
  return name === undefined ? null : (exchange.engine.providers.get(name)?.title ?? null)
}

export function socialPageWords({ info }: Exchange): SocialPageWords {
  return messagesFor(info.language).pages.social
}

export function purposeWords(exchange: Exchange, purpose: SocialPurpose): ProviderPageWords {
  return socialPageWords(exchange)[purpose]
}

/** The title of a page of social log-in. A callback has the one of the log-in, whatever it was begun for. */
export function socialTitle(exchange: Exchange): string | null {
  const provider = providerTitle(exchange)
  if (provider === null) return null
  return purposeWords(exchange, exchange.path.endsWith('/connect') ? 'connect' : 'login').title(provider)
}

/** A refusal in words for somebody who typed nothing here; `null` where the usual ones fit. */
export function socialSentence({ code, details }: AuthError, exchange: Exchange): string | null {
  const provider = providerTitle(exchange)
  if (provider === null) return null
  const words = socialPageWords(exchange)
  if (code === 'provider_refused') return details.reason === 'denied_by_user' ? words.denied(provider) : null
  // Nobody typed a name or a password here that could be wrong.
  if (code === 'invalid_credentials') return messagesFor(exchange.info.language).errors.provider_refused({})
  if (code !== 'validation_failed') return null
  const names = Object.keys(details.fields ?? {})
  return names.some((name) => LINK_FIELDS.has(name)) ? words.unfitLink : words.incomplete(provider)
}

/** What a link to one of the pages brings along. */
const LINK_FIELDS: ReadonlySet<string> = new Set(['next', 'challenge'])
