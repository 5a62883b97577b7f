import type { OfferedCarrier } from '../dialects/portress-api/bodies.ts'
import { clientSession } from './client-session.ts'
import type { PortressClient } from './portress-client.ts'
import { memoryTokens, type TokenStorage } from './tokens.ts'
import { transport } from './transport.ts'

export interface ClientOptions {
  /** Where the API is mounted: `https://acme.test/api`, or in a browser a path of the page's own site such as `/api`. */
  readonly baseUrl: string
  /**
   * How the session travels. `cookie`: the browser holds it, out of reach of scripts. `token`, `jwt`: the client sends it.
   *
   * @default 'cookie'
   */
  readonly carrier?: OfferedCarrier
  /** @default the `fetch` of the browser, or of the server */
  readonly fetch?: typeof globalThis.fetch
  /** Where tokens are kept. Not for the carrier `cookie`, which keeps nothing. @default memoryTokens() */
  readonly tokens?: TokenStorage
  /**
   * Told once when a session that this client knew is over and its caller did not end it: it ran out, was ended elsewhere,
   * or its refresh token was refused.
   */
  readonly onSignedOut?: () => void
}

/**
 * A typed client for the Portress API, for browsers and servers.
 *
 * An access token that has run out is renewed once, however many calls find out at the same time; they wait for it and are
 * made again.
 *
 * @throws {TypeError} for options that cannot be meant
 *
 * @example
 * ```ts
 * const client = createClient({ baseUrl: '/api' })
 * const result = await client.login({ identifier: 'ann', password })
 * if (result.ok) console.log(result.value.user.username)
 * ```
 */
export function createClient<Own = unknown>(options: ClientOptions): PortressClient<Own> {
  const { carrier = 'cookie', fetch = globalThis.fetch, tokens = memoryTokens(), onSignedOut = () => {} } = options
  checkOptions(options)
  // Called by itself: browsers refuse a `fetch` that is a method of something else.
  const send = transport(options.baseUrl.replace(/\/$/, ''), (input, init) => fetch(input, init))
  const { open, own, begin, end, rotate } = clientSession({ carrier, tokens, send, onSignedOut })
  const issued = ISSUED[carrier]
  return {
    register: (body, call) => open('POST /register', { ...call, body, key: 'user' }),
    activate: (body, call) => open('POST /email/verify', { ...call, body, key: 'user' }),
    resendActivation: (body, call) => open('POST /email/verify/resend', { ...call, body }),
    login: (input, call) => begin(open('POST /login', { ...call, body: { ...input, carrier }, key: issued })),
    logout: (call) => end(own('POST /logout', { ...call })),
    listSessions: (call) => own('GET /sessions', { ...call, key: 'sessions' }),
    revokeOtherSessions: (call) => own('DELETE /sessions', { ...call }),
    revokeSession: ({ sessionId }, call) => own('DELETE /sessions/:id', { ...call, param: sessionId }),
    currentUser: (call) => own('GET /me', { ...call, key: 'user' }),
    updateProfile: (body, call) => own('PATCH /me', { ...call, body, key: 'user' }),
    deleteAccount: (body, call) => end(own('DELETE /me', { ...call, body })),
    exportUser: (call) => own('GET /me/export', { ...call, key: 'user' }),
    listAttempts: (call) => own('GET /me/attempts', { ...call, key: 'attempts' }),
    changePassword: (body, call) => own('POST /password/change', { ...call, body }),
    requestPasswordReset: (body, call) => open('POST /password/reset', { ...call, body }),
    confirmPasswordReset: (body, call) => open('POST /password/reset/confirm', { ...call, body }),
    changeEmail: (body, call) => own('POST /email/change', { ...call, body }),
    confirmEmailChange: (body, call) => open('POST /email/change/confirm', { ...call, body, key: 'user' }),
    cancelEmailChange: (body, call) => open('POST /email/change/cancel', { ...call, body }),
    changeUsername: (body, call) => own('POST /username/change', { ...call, body, key: 'user' }),
    rotateToken: (call) => rotate({ ...call }),
    listPublicKeys: (call) => open('GET /.well-known/jwks.json', { ...call, key: 'keys' }),
    unlock: (body, call) => open('POST /unlock', { ...call, body }),
    listProviders: (call) => open('GET /social/providers', { ...call, key: 'providers' }),
    socialLogin: ({ provider, ...input }, call) =>
      begin(
        open('POST /social/:provider/login', {
          ...call,
          param: provider,
          body: { ...input, carrier },
          key: issued,
        }),
      ),
    beginSocialLogin: ({ provider, ...body }, call) =>
      open('POST /social/:provider/begin', { ...call, param: provider, body, key: 'url' }),
    exchangeHandoverCode: (input, call) =>
      begin(open('POST /social/exchange', { ...call, body: { ...input, carrier }, key: issued })),
    socialConnect: ({ provider, ...body }, call) =>
      own('POST /social/:provider/connect', { ...call, param: provider, body, key: 'identity' }),
    beginSocialConnect: ({ provider, ...body }, call) =>
      own('POST /social/:provider/connect/begin', { ...call, param: provider, body, key: 'url' }),
    listIdentities: (call) => own('GET /identities', { ...call, key: 'identities' }),
    socialDisconnect: ({ identityId }, call) => own('DELETE /identities/:id', { ...call, param: identityId }),
    openApiDocument: (call) => open('GET /openapi.json', { ...call, key: 'openapi' }),
  }
}

/** What a log-in must answer, or there would be nothing to go on with. */
const ISSUED: { readonly [K in OfferedCarrier]: string } = { cookie: 'session', token: 'token', jwt: 'accessToken' }

function checkOptions({ baseUrl, carrier = 'cookie', tokens }: ClientOptions): void {
  if (!/^(https?:\/\/[^/?#]|\/(?!\/))[^?#]*$/.test(baseUrl)) {
    throw new TypeError('baseUrl must be a path such as /api, or an address such as https://acme.test/api')
  }
  if (!Object.hasOwn(ISSUED, carrier)) throw new TypeError("carrier must be 'cookie', 'token' or 'jwt'")
  if (carrier === 'cookie' && tokens !== undefined) {
    throw new TypeError("tokens: with the carrier 'cookie' there are none to keep; choose 'token' or 'jwt'")
  }
}
