import { afterEach } from 'vitest'
import { type ClientOptions, createClient, type PortressClient, type Result } from '../../src/client/index.ts'
import type { AuthOptions } from '../../src/create-auth.ts'
import { pages } from '../../src/dialects/pages/index.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import type { FieldDefinitions } from '../../src/model/field.ts'
import { codeIn, PASSWORD } from '../support/api-world.ts'
import { httpServer } from '../support/http-server.ts'
import { type TestAuth, testAuth } from '../support/test-auth.ts'

type Interceptor = (request: Request) => Response | null | Promise<Response | null>

/** The API on a real server, which tells what it was asked and can be made to misbehave. */
export interface ClientSite<F extends FieldDefinitions = FieldDefinitions> extends TestAuth<F> {
  readonly origin: string
  readonly baseUrl: string
  /** Each request as `POST /api/login`, in the order of arrival. */
  readonly requests: string[]
  /** Answers in place of the API, as long as it gives something. */
  intercept(handler: Interceptor | null): void
  client<Own = unknown>(options?: Partial<ClientOptions>): PortressClient<Own>
  addUser(username: string): Promise<void>
  /** A client with a session of that user. */
  loggedIn(username: string, options?: Partial<ClientOptions>): Promise<PortressClient>
  /** Ends all sessions of the user from somewhere else. */
  endSessions(username: string): Promise<void>
  /** The code in the latest mail to the address. */
  mailedCode(to: string): Promise<string>
}

/** Makes sites for the tests of a file, and closes them after each test. */
export function clientSites(): <const F extends FieldDefinitions = Record<never, never>>(
  options?: Partial<AuthOptions<F>>,
) => Promise<ClientSite<F>> {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })
  return async <const F extends FieldDefinitions = Record<never, never>>(options: Partial<AuthOptions<F>> = {}) => {
    const server = await httpServer()
    const made = testAuth<F>({
      site: { name: 'Acme', origin: server.origin },
      environment: 'development',
      mounts: { '/api': portressApi(), '/': pages() },
      ...options,
    })
    const { auth, mailer } = made
    closing.push(() => auth.close(), server.close)
    const requests: string[] = []
    let interceptor: Interceptor | null = null
    server.answerWith(async (request, peer) => {
      requests.push(`${request.method} ${new URL(request.url).pathname}`)
      return (await interceptor?.(request)) ?? auth.fetch(request, peer)
    })
    const baseUrl = `${server.origin}/api`
    const client: ClientSite['client'] = (given = {}) => createClient({ baseUrl, ...given })
    const addUser = async (username: string): Promise<void> => {
      const email = `${username}@example.org`
      await auth.createUser({ username, email, password: PASSWORD, passwordCheck: 'bypassed' })
    }
    return {
      ...made,
      origin: server.origin,
      baseUrl,
      requests,
      intercept(handler) {
        interceptor = handler
      },
      client,
      addUser,
      async loggedIn(username, given = { carrier: 'jwt' }) {
        await addUser(username)
        const own = client(given)
        brought(await own.login({ identifier: username, password: PASSWORD }))
        return own
      },
      async endSessions(username) {
        const elsewhere = client({ carrier: 'token' })
        brought(await elsewhere.login({ identifier: username, password: PASSWORD }))
        brought(await elsewhere.revokeOtherSessions())
        brought(await elsewhere.logout())
      },
      async mailedCode(to) {
        await auth.flush()
        return codeIn(mailer.sent.findLast((mail) => mail.to === to)?.text ?? '')
      },
    }
  }
}

/** What a call brought, where it must have brought something. */
export function brought<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(`the call was refused: ${JSON.stringify(result.error)}`)
}

/** Why a call brought nothing, where it must not have. */
export function codeOf(result: Result<unknown>): string {
  if (result.ok) throw new Error(`the call was not refused: ${JSON.stringify(result.value)}`)
  return result.error.code
}

/** A `fetch` as a page of the site has it: it keeps cookies, sends them where they may be sent, and names its origin. */
export function browserFetch(origin: string): typeof fetch {
  const jar = new Map<string, string>()
  return async (input, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('origin', origin)
    const sendsCookies = init.credentials === 'include'
    if (sendsCookies && jar.size > 0) headers.set('cookie', [...jar].map((pair) => pair.join('=')).join('; '))
    const response = await fetch(input, { ...init, headers })
    for (const cookie of sendsCookies ? response.headers.getSetCookie() : []) {
      const [pair = ''] = cookie.split(';', 1)
      const [name = '', value = ''] = pair.split('=')
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
}
