import { beginSocialLogin } from '../../commands/begin-social-login.ts'
import { findProvider } from '../../commands/steps/find-provider.ts'
import type { Exchange } from '../../http/exchange.ts'
import { readBeginLink } from './read-begin.ts'
import type { SocialPurpose } from './social-words.ts'
import { writeBegun, writeSocialPage } from './write-social.ts'

/**
 * The page with the button that leads to a provider. A link of the site's own that somebody follows to log in needs no
 * button: it leads there at once. What other sites, mails and address bars lead to is a page that does nothing by itself,
 * because otherwise anybody's page could log its visitors in here.
 */
export async function openSocialPage(exchange: Exchange, purpose: SocialPurpose): Promise<Response> {
  const { name } = findProvider(exchange.ctx, exchange.params['provider'])
  const link = readBeginLink(exchange)
  if (purpose === 'login' && isOwnLink(exchange)) {
    return writeBegun(await beginSocialLogin(exchange.ctx, { provider: name, ...link }), exchange)
  }
  return writeSocialPage(exchange, { purpose, link })
}

/** Browsers alone write these headers; a page cannot (Fetch Metadata). What is only fetched ahead is followed by nobody. */
function isOwnLink(exchange: Exchange): boolean {
  const { method, header } = exchange
  const isFollowed = header('sec-fetch-mode') === 'navigate' && header('sec-fetch-dest') === 'document'
  const isAhead = header('sec-purpose') !== null || header('purpose') !== null
  return (
    method === 'GET' && header('sec-fetch-site') === 'same-origin' && isFollowed && !isAhead && !isElsewhere(exchange)
  )
}

/** A second name that the site answers by: the callback comes to the first, where a cookie of this one is not sent. */
function isElsewhere({ header, engine: { config } }: Exchange): boolean {
  const { origin, trustedOrigins } = config.site
  return [...trustedOrigins].some((trusted) => trusted !== origin && new URL(trusted).host === header('host'))
}
