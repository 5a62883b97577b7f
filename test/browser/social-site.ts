import type { Auth } from '../../src/auth.ts'
import { createAuth } from '../../src/create-auth.ts'
import { pages } from '../../src/dialects/pages/index.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import { openIdConnect } from '../../src/providers/oidc.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { memoryMailer } from '../../src/testing/memory-mailer.ts'
import { quickHasher } from '../../src/testing/quick-hasher.ts'
import { type HttpServer, httpServer } from '../support/http-server.ts'
import { type OpenIdProvider, openIdProvider } from '../support/openid-provider.ts'
import { TEST_SECRET } from '../support/test-auth.ts'
import { singlePageApp } from './single-page-app.ts'

const PASSWORD = 'plum-tart-4-breakfast'

/**
 * A site with social log-in, a single-page app that it trusts, a page of somebody else, and a real OpenID provider. To a
 * browser each of them is another site: names below `localhost` lead to this machine and have nothing in common.
 */
export interface SocialSite {
  readonly auth: Auth
  readonly origin: string
  readonly app: string
  readonly stranger: HttpServer & { readonly at: string }
  readonly provider: OpenIdProvider
  /** The next callback, which the site does not get to see: the browser shows a page that says so. */
  interceptCallback(): Promise<string>
  /** Makes a user with a password and gives the value of a session cookie. */
  sessionOf(username: string): Promise<string>
  close(): Promise<void>
}

export async function socialSite({
  sameSite = 'Lax',
}: {
  readonly sameSite?: 'Lax' | 'Strict'
} = {}): Promise<SocialSite> {
  const [site, app, stranger] = await Promise.all([httpServer(), httpServer(), httpServer()])
  const origin = `http://shop.localhost:${site.port}`
  const appOrigin = `http://app.localhost:${app.port}`
  const provider = await openIdProvider({
    clients: [client('acme', origin), client('posting', origin)],
    claimsOf: (login) => ({ preferred_username: login, email: `${login}@acme.example`, email_verified: true }),
  })
  const auth = createAuth({
    store: sqlite(':memory:'),
    secrets: [TEST_SECRET],
    site: { name: 'Shop', origin, trustedOrigins: [appOrigin] },
    environment: 'development',
    mailer: memoryMailer(),
    logger: false,
    passwords: { hasher: quickHasher() },
    cookies: { sameSite },
    social: {
      providers: [
        openIdConnect({ ...clientOf('acme', provider), title: 'Acme' }),
        openIdConnect({ ...clientOf('posting', provider), title: 'Posting', responseMode: 'form_post' }),
      ],
    },
    mounts: {
      '/api': portressApi(),
      '/': pages({ links: [{ href: '/account/social/acme?next=/api/me', label: 'Log in with Acme' }] }),
    },
  })
  await auth.migrate()
  const interceptCallback = answerInterceptably(site, auth)
  app.answerWith(() => singlePageApp(origin))
  return {
    auth,
    origin,
    app: appOrigin,
    stranger: { ...stranger, at: `http://stranger.localhost:${stranger.port}` },
    provider,
    interceptCallback,
    async sessionOf(username) {
      const email = `${username}@example.org`
      await auth.createUser({ username, email, password: PASSWORD, passwordCheck: 'bypassed' })
      return (await auth.login({ identifier: username, password: PASSWORD, carrier: 'cookie' })).issued.token
    },
    async close() {
      await Promise.all([site.close(), app.close(), stranger.close(), provider.close(), auth.close()])
    },
  }
}

function answerInterceptably(site: HttpServer, auth: Auth): SocialSite['interceptCallback'] {
  let interceptor: ((url: string) => void) | null = null
  site.answerWith((request, peer) => {
    if (interceptor === null || !/\/callback\?/.test(request.url)) return auth.fetch(request, peer)
    interceptor(request.url)
    interceptor = null
    return new Response('intercepted')
  })
  return () =>
    new Promise((resolve) => {
      interceptor = resolve
    })
}

const SECRET = 'the-secret-of-the-shop'

const client = (name: string, origin: string) => ({
  client_id: name,
  client_secret: SECRET,
  redirect_uris: [`${origin}/account/social/${name}/callback`],
})

const clientOf = (name: string, { issuer }: OpenIdProvider) => ({
  name,
  issuer,
  clientId: name,
  clientSecret: SECRET,
  trustsEmailVerified: true,
})
