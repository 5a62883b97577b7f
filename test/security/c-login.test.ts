/** Section C of the attack table: what decides who is let in. Each row comes with a control that must fail. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { passwordBackend } from '../../src/backends/password-backend.ts'
import type { AuthenticationBackend } from '../../src/contracts/authentication-backend.ts'
import { toNodeListener } from '../../src/hosts/node.ts'
import { type Answer, cookieFrom, unlessRefused } from './support/answer.ts'
import { forgivingApi, withBodies } from './support/careless-api.ts'
import { countRows } from './support/database.ts'
import { BODY_ENDPOINTS, OTHER_ROWS, spoiledBodies } from './support/endpoints.ts'
import {
  closeSites,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  requestFor,
  type Site,
  type SiteOptions,
  temporaryDatabase,
} from './support/open-site.ts'
import { sendHttp } from './support/send-http.ts'

afterEach(closeSites)

const IDENTIFIERS = { identifiers: ['username', 'email'] } as const

const LOGIN = { identifier: 'ann', password: PASSWORD }

describe('row 48: a check of the application that says no, throws, or says nothing', () => {
  /** Logs in with the right password; nobody may get in, whatever came of the check. */
  async function faultsOfRefusal(options: SiteOptions): Promise<readonly string[]> {
    const site = await openSite(options)
    const { user } = await site.addUser('ann')
    const faults: string[] = []
    for (const carrier of ['token', 'cookie', 'jwt']) {
      const answer = await Promise.race([
        site.send('POST /login', { body: { ...LOGIN, carrier } }),
        new Promise<null>((resolve) => setTimeout(() => resolve(null), 150)),
      ])
      if (answer !== null && answer.status < 400) faults.push(`a log-in is answered ${answer.status}`)
      if (answer !== null && answer.cookies.length > 0) faults.push('a cookie was set')
    }
    const sessions = await site.store.sessions.listForUser(user.id, site.clock.now())
    return sessions.length > 0 ? [...faults, `${sessions.length} sessions were begun`] : faults
  }

  /** One that is asked before the password. */
  function askedFirst(authenticate: AuthenticationBackend['authenticate']): SiteOptions {
    const password = passwordBackend(IDENTIFIERS)
    return { login: { backends: [{ ...password, name: 'directory', authenticate }, password] } }
  }

  const never = new Promise<never>(() => undefined)

  it.each<[string, SiteOptions]>([
    ['a backend that refuses', askedFirst(async () => ({ outcome: 'refused' }))],
    ['a backend that throws', askedFirst(() => Promise.reject(new Error('the directory is down')))],
    ['a backend that never answers', askedFirst(() => never)],
    ['a hook that refuses', { hooks: { beforeLogin: () => ({ refuse: 'Not today.' }) } }],
    ['a hook that throws', { hooks: { beforeLogin: () => Promise.reject(new Error('the check is broken')) } }],
    ['a hook that never answers', { hooks: { beforeLogin: () => never } }],
  ])('row 48: %s lets nobody in, and nobody else is asked', async (_, options) => {
    expect(await faultsOfRefusal(options)).toEqual([])
  })

  it('row 48: control: a backend that passes the question on is told apart', async () => {
    expect(await faultsOfRefusal(askedFirst(async () => ({ outcome: 'unproven' })))).not.toEqual([])
    expect(await faultsOfRefusal({ hooks: { beforeLogin: () => undefined } })).not.toEqual([])
  })
})

describe('row 49: an operator or a list where a text belongs', () => {
  const OPERATORS: readonly unknown[] = [
    { $gt: '' },
    { $ne: null },
    { $regex: '^a' },
    { $in: ['ann', PASSWORD] },
    { $where: 'true' },
    { toString: 'ann' },
    { length: 3 },
    ['ann'],
    [PASSWORD],
    [['ann']],
    { 0: 'ann' },
  ]

  async function faultsOfOperators(site: Site): Promise<readonly string[]> {
    const token = await site.tokenFor(await site.addUser('ann'))
    const faults: string[] = []
    for (const { row, body } of spoiledBodies(OPERATORS)) {
      const answer = await site.send(row, { token, body })
      if (answer.status !== 400) faults.push(`${row} ${JSON.stringify(body)} is answered ${answer.status}`)
    }
    return faults
  }

  it('row 49: is refused in every field of every endpoint', async () => {
    const site = await openSite()
    expect(await faultsOfOperators(site)).toEqual([])
    expect(await site.auth.findUser('ann')).not.toBeNull()
  })

  it('row 49: is refused in a form, a cookie and a header', async () => {
    const site = await openSite()
    const token = await site.tokenFor(await site.addUser('ann'))
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const forms = ['identifier=ann&password[$ne]=x', 'identifier[$gt]=&password=x', 'identifier[]=ann&password[]=x']
    for (const body of forms) expect(await site.send('POST /login', { body, headers })).toMatchObject({ status: 400 })
    const cookies = [
      `__Host-portress-session[$ne]=x`,
      `__Host-portress-session={"$gt":""}`,
      `__Host-portress-session[]=${token}`,
    ]
    for (const cookie of cookies) expect(await site.send('GET /me', { cookie })).toMatchObject({ status: 401 })
    for (const value of ['{"$gt":""}', '[$ne]=x', 'null']) {
      const authorization = `Bearer ${value}`
      expect(await site.send('GET /me', { headers: { authorization } })).toMatchObject({ status: 401 })
    }
    for (const id of ['[object%20Object]', '%7B%22$ne%22:null%7D', '*', '%25', "'%20OR%201=1--"]) {
      expect(await site.send(`DELETE /sessions/${id}`, { token })).toMatchObject({ status: 404 })
    }
    expect(await site.send('GET /me', { token })).toMatchObject({ status: 200 })
  })

  it('row 49: control: a server that takes the first text it finds is noticed', async () => {
    expect(await faultsOfOperators(await openSite({ mounts: { '/api': forgivingApi() } }))).not.toEqual([])
  })
})

describe('row 51: a secret in another spelling', () => {
  const swapCase = (text: string): string =>
    text.replace(/[a-z]/gi, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()))

  /** Those that fit into a header as well. */
  const plainSpellings = (secret: string): readonly string[] => [
    swapCase(secret),
    secret.toLowerCase(),
    secret.toUpperCase(),
    `${secret}=`,
    `${secret}A`,
    secret.slice(0, -1),
    secret.slice(1),
    `%${secret.charCodeAt(0).toString(16)}${secret.slice(1)}`,
    secret.replaceAll('-', '+').replaceAll('_', '/').concat('='),
    // Of the last character of 43 only some bits count; a decoder that is not strict takes others for the same.
    `${secret.slice(0, -1)}${String.fromCharCode(secret.charCodeAt(secret.length - 1) + 1)}`,
  ]

  const spellings = (secret: string): readonly string[] => [
    ...plainSpellings(secret),
    `${secret} `,
    ` ${secret}`,
    `${secret}\0`,
    `${secret}\n`,
    `${secret}\u200b`,
    // Full-width letters, which NFKC turns into these.
    secret.replace(/[A-Za-z]/, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  ]

  interface Presented {
    readonly secret: string
    readonly spellings: readonly string[]
    present(site: Site, secret: string): Promise<Answer>
  }

  async function everySecret(site: Site): Promise<readonly Presented[]> {
    const ann = await site.addUser('ann')
    const token = await site.tokenFor(ann)
    const inCookie = await site.send('POST /login', { body: { ...LOGIN, carrier: 'cookie' } })
    const cookie = cookieFrom(inCookie, 'portress-session').replace(/^[^=]*=/, '')
    const { refreshToken } = (await site.send('POST /login', { body: { ...LOGIN, carrier: 'jwt' } })).json
    await site.send('POST /password/reset', { body: { email: ann.email } })
    const reset = await site.codeFor(ann.email)
    const refresh = String(refreshToken)
    return [
      { secret: token, spellings: plainSpellings(token), present: (at, text) => at.send('GET /me', { token: text }) },
      {
        secret: cookie,
        spellings: plainSpellings(cookie),
        present: (at, text) => at.send('GET /me', { cookie: `__Host-portress-session=${text}` }),
      },
      {
        secret: refresh,
        spellings: spellings(refresh),
        present: (at, text) => at.send('POST /token/refresh', { body: { refreshToken: text } }),
      },
      {
        secret: reset,
        spellings: spellings(reset),
        present: (at, text) =>
          at.send('POST /password/reset/confirm', { body: { code: text, newPassword: OTHER_PASSWORD } }),
      },
    ]
  }

  async function faultsOfSpelling(site: Site): Promise<readonly string[]> {
    const faults: string[] = []
    for (const { secret, spellings: others, present } of await everySecret(site)) {
      const different = others.filter((other) => other !== secret)
      for (const other of different) faults.push(...unlessRefused(JSON.stringify(other), await present(site, other)))
      const { status } = await present(site, secret)
      if (status >= 300) faults.push(`the secret itself is answered ${status}`)
    }
    return faults
  }

  it('row 51: opens nothing and uses nothing up; the right one still works afterwards', async () => {
    expect(await faultsOfSpelling(await openSite())).toEqual([])
  })

  it('row 51: control: a server that tidies secrets up is noticed', async () => {
    const tidy = (text: unknown): unknown =>
      typeof text === 'string' ? text.normalize('NFKC').replace(/[^\w-]/g, '') : text
    const tidying = withBodies((body) =>
      Object.fromEntries(Object.entries(body).map(([name, text]) => [name, name === 'code' ? tidy(text) : text])),
    )
    expect(await faultsOfSpelling(await openSite({ mounts: { '/api': tidying } }))).not.toEqual([])
  })
})

describe('row 59: another method, or a method in another place', () => {
  type Fetch = Site['auth']['fetch']

  interface Stage {
    readonly site: Site
    readonly location: string
    readonly token: string
  }

  async function stage(): Promise<Stage> {
    const location = temporaryDatabase()
    const site = await openSite({ location })
    const token = await site.tokenFor(await site.addUser('ann'))
    return { site, location, token }
  }

  /** Every row by every method but its own, which is claimed elsewhere. */
  function requestsOf(token: string): readonly Request[] {
    const rows = [...BODY_ENDPOINTS, ...OTHER_ROWS.map((row) => ({ row, body: {} }))]
    return rows.flatMap(({ row, body }) => {
      const [method = '', path = ''] = row.split(' ')
      const headers = overridesOf(method)
      const others = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'FOO'].filter((name) => name !== method)
      return others.map((other) => {
        const sent = ['GET', 'HEAD'].includes(other) ? {} : { body: { ...body, _method: method } }
        return requestFor(`${other} ${path}?_method=${method}`, { token, headers, ...sent })
      })
    })
  }

  async function faultsOfMethods(
    { site, location, token }: Stage,
    fetch: Fetch = site.auth.fetch,
  ): Promise<readonly string[]> {
    const before = JSON.stringify([countRows(location), await site.auth.findUser('ann')])
    const faults: string[] = []
    for (const request of requestsOf(token)) {
      const { status } = await fetch(request, { address: '192.0.2.10' })
      if (status >= 500) faults.push(`${request.method} ${request.url} is answered ${status}`)
    }
    const after = JSON.stringify([countRows(location), await site.auth.findUser('ann')])
    return after === before ? faults : [...faults, `${before} became ${after}`]
  }

  const overridesOf = (method: string): Readonly<Record<string, string>> => ({
    'x-http-method-override': method,
    'x-http-method': method,
    'x-method-override': method,
  })

  it('row 59: changes nothing', async () => {
    expect(await faultsOfMethods(await stage())).toEqual([])
  })

  it('row 59: gets past no guard: HEAD asks for a session as GET does', async () => {
    const { site, token } = await stage()
    for (const path of ['/me', '/sessions', '/me/export', '/me/attempts']) {
      expect(await site.send(`HEAD ${path}`), path).toMatchObject({ status: 401 })
      expect(await site.send(`HEAD ${path}`, { token }), path).toMatchObject({ status: 200, text: '' })
    }
    for (const path of ['/login', '/logout', '/password/change']) {
      expect(await site.send(`HEAD ${path}`, { token }), path).toMatchObject({ status: 405 })
    }
  })

  it('row 59: TRACE and made-up methods get nothing over a real connection, and the server goes on', async () => {
    const { site, token } = await stage()
    const server = createServer(toNodeListener(site.auth.fetch))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const headers = { authorization: `Bearer ${token}` }
    const call = (method: string) => sendHttp({ port, method, path: '/api/me', headers })
    for (const method of ['TRACE', 'PROPFIND', 'PURGE', 'LINK']) {
      const { status, text } = await call(method)
      expect(status, method).toBeGreaterThanOrEqual(400)
      expect(text, method).not.toContain('ann@example.org')
      expect(text, method).not.toContain(token)
    }
    expect(await call('GET')).toMatchObject({ status: 200 })
    server.close()
  })

  it('row 59: control: a server that obeys the override is noticed', async () => {
    const staged = await stage()
    const obeying: Fetch = async (request, peer) => {
      const method = request.headers.get('x-http-method-override') ?? request.method
      const path = new URL(request.url).pathname.replace('/api', '')
      const own = BODY_ENDPOINTS.find(({ row }) => row === `${method} ${path}`)
      const options = { token: staged.token, ...(own ? { body: own.body } : {}) }
      return staged.site.auth.fetch(requestFor(`${method} ${path}`, options), peer)
    }
    expect(await faultsOfMethods(staged, obeying)).not.toEqual([])
  })
})
