import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import { Provider } from 'oidc-provider'

/** A real OpenID provider on loopback, with pages for log-in and consent. Anybody who logs in there exists. */
export interface OpenIdProvider {
  readonly issuer: string
  /** What was asked of it, as `POST /token`. */
  readonly requests: readonly string[]
  close(): Promise<void>
}

export interface OpenIdProviderOptions {
  readonly clients: readonly OpenIdProviderClient[]
  /** The claims of whoever logs in under this name, besides `sub`, which is the name. */
  readonly claimsOf?: (login: string) => Readonly<Record<string, unknown>>
}

export interface OpenIdProviderClient {
  readonly client_id: string
  readonly client_secret: string
  readonly redirect_uris: readonly string[]
}

export async function openIdProvider({
  clients,
  claimsOf = () => ({}),
}: OpenIdProviderOptions): Promise<OpenIdProvider> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const key = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: 'one' }
  const requests: string[] = []
  let answer: ReturnType<Provider['callback']> | null = null
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url?.split('?')[0]}`)
    if (answer !== null) void answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = quietly(
    () =>
      new Provider(issuer, {
        clients,
        jwks: { keys: [key] },
        cookies: { keys: ['the-cookies-of-a-test'] },
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
        // Tokens of every client are told about, so that it is ours to see whose they are.
        features: { introspection: { enabled: true, allowedPolicy: () => true }, devInteractions: { enabled: true } },
        ttl: { Interaction: 600, Session: 600, Grant: 600, AuthorizationCode: 60, AccessToken: 3600, IdToken: 3600 },
        pkce: { required: () => true },
        findAccount: (_context: unknown, login: string) => ({
          accountId: login,
          claims: () => ({ sub: login, ...claimsOf(login) }),
        }),
      }),
  )
  answer = quietly(() => provider.callback())
  return {
    issuer,
    requests,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Without the provider's advice on what is unfit for production, such as the pages that the tests drive. */
function quietly<T>(make: () => T): T {
  const { info, warn } = console
  console.info = () => {}
  console.warn = () => {}
  try {
    return make()
  } finally {
    console.info = info
    console.warn = warn
  }
}
