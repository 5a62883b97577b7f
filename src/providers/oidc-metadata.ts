import {
  type AuthorizationServer,
  allowInsecureRequests,
  customFetch,
  discoveryRequest,
  processDiscoveryResponse,
} from 'oauth4webapi'
import type { IdentityProviderTools } from '../contracts/identity-provider.ts'
import { IdentityProviderError } from '../contracts/identity-provider-error.ts'
import { libraryFetch } from './library-fetch.ts'
import { isNumericOrLocal, isReachable } from './provider-address.ts'

export interface MetadataSource {
  /** Below which address the metadata lies. */
  readonly discovery: URL
  /** Whom it must name as issuer: the same, but for providers with one issuer per tenant. */
  readonly issuer: URL
  /** Takes the place of what is discovered. */
  readonly endpoints: Partial<AuthorizationServer>
}

/**
 * What an issuer says about itself (OpenID Connect Discovery §4), asked for at the first log-in and again every hour.
 *
 * Concurrent callers share one request, and a failed one is forgotten, so that the next log-in asks again.
 */
export function oidcMetadata(source: MetadataSource, tools: IdentityProviderTools): () => Promise<AuthorizationServer> {
  let known: { readonly until: number; readonly metadata: Promise<AuthorizationServer> } | null = null
  return () => {
    const now = tools.clock.now().getTime()
    if (known !== null && now < known.until) return known.metadata
    const asked = { until: now + MAX_AGE_MILLISECONDS, metadata: discover(source, tools) }
    known = asked
    asked.metadata.catch(() => {
      if (known === asked) known = null
    })
    return asked.metadata
  }
}

const MAX_AGE_MILLISECONDS = 3_600_000

async function discover(source: MetadataSource, tools: IdentityProviderTools): Promise<AuthorizationServer> {
  const response = await discoveryRequest(source.discovery, {
    [customFetch]: libraryFetch(tools),
    [allowInsecureRequests]: tools.environment === 'development',
  })
  if (response.status >= 500) throw new IdentityProviderError('unreachable', `discovery_${response.status}`)
  const metadata = { ...(await processDiscoveryResponse(source.issuer, response)), ...source.endpoints }
  checkAddresses(metadata, source, tools)
  return metadata
}

/**
 * The issuer's word is data: it must not send us to our own machine or, by number, into our own network. Who tries it
 * with a name of theirs finds TLS in front, and behind it nobody with a certificate for that name.
 */
function checkAddresses(metadata: AuthorizationServer, source: MetadataSource, tools: IdentityProviderTools): void {
  for (const name of ADDRESSES) {
    const address: unknown = metadata[name]
    if (address === undefined || Object.hasOwn(source.endpoints, name)) continue
    const url = typeof address === 'string' ? URL.parse(address) : null
    if (url === null || !isReachable(url, tools.environment) || leadsInside(url, source.discovery)) {
      throw new IdentityProviderError('malformed_answer', `bad_${name}`)
    }
  }
}

const ADDRESSES = [
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'introspection_endpoint',
] as const

function leadsInside(url: URL, origin: URL): boolean {
  return isNumericOrLocal(url.hostname) && url.hostname !== origin.hostname
}
