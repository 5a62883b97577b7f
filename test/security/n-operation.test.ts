import { randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import type { EventName, Listeners } from '../../src/contracts/hooks.ts'
import type { Logger } from '../../src/contracts/logger.ts'
import { cookieFrom } from './support/answer.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { placesOf, readTables } from './support/database.ts'
import { meddlingApi } from './support/meddling-api.ts'
import {
  closeSites,
  openSite,
  randomSecret,
  type Site,
  type SiteOptions,
  temporaryDatabase,
} from './support/open-site.ts'

afterEach(closeSites)

/** What a program writes with pino, as one text. */
function capturedLog(): { readonly logger: Logger; readonly text: () => string } {
  const lines: string[] = []
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(chunk.toString())
      done()
    },
  })
  return { logger: pino({ level: 'debug' }, sink), text: () => lines.join('') }
}

const EVENTS: readonly EventName[] = [
  'userRegistered',
  'emailVerified',
  'userLoggedIn',
  'loginFailed',
  'userLockedOut',
  'addressLockedOut',
  'userUnlocked',
  'userLoggedOut',
  'sessionRevoked',
  'tokenReused',
  'passwordChanged',
  'passwordResetRequested',
  'emailChangeRequested',
  'emailChanged',
  'usernameChanged',
  'profileUpdated',
  'userDeleted',
  'mailAbandoned',
]

describe('secrets that pass through', () => {
  const canary = (): string => `cnry${randomBytes(15).toString('hex')}`

  interface Traces {
    /** Secrets by what they are. */
    readonly secrets: Readonly<Record<string, string>>
    readonly log: string
    readonly events: string
    readonly file: string
  }

  /** Walks through everything, well and badly, with secrets that occur nowhere else. */
  async function walk(optionsFor: (logger: Logger) => SiteOptions): Promise<Traces> {
    const { logger, text } = capturedLog()
    const events: string[] = []
    const listeners = Object.fromEntries(EVENTS.map((name) => [name, (event: object) => events.push(asText(event))]))
    const file = temporaryDatabase()
    const site = await openSite({ location: file, logger, events: listeners as Listeners, ...optionsFor(logger) })
    const [password, wrong, next] = [canary(), canary(), canary()]
    const ann = await site.addUser('ann', { password })
    const login = (carrier: string, given = password) =>
      site.send('POST /login', { body: { identifier: 'ann', password: given, carrier } })
    const byCookie = await login('cookie')
    const cookie = cookieFrom(byCookie, 'portress-session')
    const token = String((await login('token')).json['token'])
    const { accessToken, refreshToken } = (await login('jwt')).json
    await login('token', wrong)
    await site.send('POST /login', { body: `{"identifier":"ann","password":"${wrong}`, headers: JSON_TYPE })
    await site.send('GET /me', { token: String(accessToken) })
    await site.send('POST /token/refresh', { body: { refreshToken } })
    await site.send('POST /password/reset', { body: { email: ann.email } })
    const code = await site.codeFor(ann.email)
    await site.send(`GET /password/reset/confirm?code=${code}&newPassword=${next}`)
    await site.send('POST /password/reset/confirm', { body: { code, newPassword: [next] } })
    site.mailer.failWith(new Error(`550 ${ann.email} https://accounts.example/x?code=${code} is listed: ${code}`))
    await site.send('POST /email/change', { cookie, body: { newEmail: 'new@example.org', currentPassword: password } })
    await site.send('POST /password/change', { cookie, body: { currentPassword: password, newPassword: next } })
    await site.auth.flush()
    const broken = await breakStore(site, { token, password: wrong })
    expect(broken).toBe(500)
    const secrets = {
      password,
      wrong,
      next,
      code,
      token,
      cookie: cookie.split('=')[1] ?? '',
      device: cookieFrom(byCookie, 'portress-device').split('.')[1] ?? '',
      accessToken: String(accessToken).split('.')[2] ?? '',
      refreshToken: String(refreshToken),
    }
    return { secrets, log: text(), events: events.join('\n'), file }
  }

  const JSON_TYPE = { 'content-type': 'application/json' }

  /** Events hold moments, bytes and users; whatever a listener could print is looked at. */
  function asText(event: object): string {
    return JSON.stringify(event, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    )
  }

  /** A fault of the program, in the middle of a request that carries secrets. */
  async function breakStore(site: Site, { token, password }: { token: string; password: string }): Promise<number> {
    const answer = await site.send('POST /login', {
      body: { identifier: BREAKS, password },
      token,
      headers: { 'x-secret': password },
    })
    return answer.status
  }

  const BREAKS = 'breaks-the-store'

  const breaking: SiteOptions = {
    wrapStore: (store) => ({
      ...store,
      users: {
        ...store.users,
        findByIdentifier: (key, ...others) =>
          key === BREAKS ? Promise.reject(new Error('the store broke')) : store.users.findByIdentifier(key, ...others),
      },
    }),
  }

  function complainOf({ secrets, log, events, file }: Traces): Complaints {
    const { must, complaints } = judgement()
    must(
      log.includes('a request failed unexpectedly') && log.includes('a mail could not be sent'),
      'nothing was logged',
    )
    must(events.includes('wrong_password'), 'nothing was raised')
    const tables = readTables(file)
    for (const [name, secret] of Object.entries(secrets)) {
      must(secret.length > 20, `there is no ${name}`)
      must(placesOf(secret, log).length === 0, `the log holds the ${name}`)
      must(placesOf(secret, events).length === 0, `an event holds the ${name}`)
      must(placesOf(secret, tables).length === 0, `${placesOf(secret, tables)} hold the ${name}`)
    }
    return complaints
  }

  it('row 197: are in no log line, no event and no table', async () => {
    expect(complainOf(await walk(() => breaking))).toEqual(HOLDS)
  })

  it('row 197, control: an endpoint that logs what it gets is seen through', async () => {
    const logging = (logger: Logger): SiteOptions => ({
      ...breaking,
      mounts: {
        '/api': meddlingApi('POST /login', async (exchange, run) => {
          logger.debug({ body: await exchange.body() }, 'a log-in')
          return run(exchange)
        }),
      },
    })
    expect(complainOf(await walk(logging))).toEqual(saying('the log holds the password'))
  })
})

describe('what strangers can write into the logs', () => {
  const HOSTILE = [
    '\r\nlevel=error forged',
    '\u2028forged',
    '\u001b[2Jforged',
    '\u0007forged',
    '\u202eforged',
    `x${'y'.repeat(2 ** 20)}`,
  ]

  async function write(logger: Logger, text: () => string, optionsFor: SiteOptions = {}): Promise<Complaints> {
    const site = await openSite({
      logger,
      ...optionsFor,
      wrapStore: (store) => ({
        ...store,
        sessions: { ...store.sessions, find: () => Promise.reject(new Error('broken')) },
      }),
    })
    const { must, complaints } = judgement()
    // What it says of its own settings when it begins to serve.
    site.auth.start()
    const told = text().length
    for (const hostile of HOSTILE) {
      const agent = Buffer.from(hostile.replaceAll(/[\r\n]/g, ' ')).toString('latin1')
      const headers = { 'user-agent': agent.slice(0, 60_000) }
      await site.send('POST /login', { body: { identifier: hostile, password: 'mistaken-walrus' }, headers })
      await site.send(`GET /me?${encodeURIComponent(hostile).slice(0, 1000)}`, { token: 'A'.repeat(43), headers })
    }
    const lines = text().slice(told).split('\n').slice(0, -1)
    must(lines.length === HOSTILE.length, `${lines.length} lines were written`)
    for (const line of lines) {
      must(isJson(line), `a line is no JSON: ${line.slice(0, 100)}`)
      must(!CONTROL.test(line), 'a line holds a control character')
      must(line.length < 5000, `a line has ${line.length} characters`)
    }
    const attempts = await site.auth.listAttempts({ scope: 'all', filter: { limit: 100 } })
    must(attempts.length >= HOSTILE.length - 1, `only ${attempts.length} attempts were written`)
    for (const { identifier, userAgent } of attempts) {
      must(!CONTROL.test(`${identifier}${userAgent}`), 'an attempt holds a control character')
      must(`${identifier}`.length <= 254 && `${userAgent}`.length <= 256, 'an attempt is too long')
    }
    return complaints
  }

  const CONTROL = /[\p{Cc}\u2028\u2029\u202e]/u

  function isJson(line: string): boolean {
    try {
      JSON.parse(line)
      return true
    } catch {
      return false
    }
  }

  it('row 198: is one line of JSON for each fault, and attempts without control characters', async () => {
    const { logger, text } = capturedLog()
    expect(await write(logger, text)).toEqual(HOLDS)
  })

  it('row 198, control: an endpoint that prints what it gets is seen through', async () => {
    const lines: string[] = []
    const print = (fields: object, message: string): void => void lines.push(`${message} ${Object.values(fields)}\n`)
    const logger: Logger = { debug: print, info: print, warn: print, error: print }
    const printing = meddlingApi('POST /login', async (exchange, run) => {
      logger.info({ identifier: (await exchange.body())['identifier'] }, 'a log-in as')
      return run(exchange)
    })
    const complaints = await write(logger, () => lines.join(''), { mounts: { '/api': printing } })
    expect(complaints).toEqual(saying('a line holds a control character'))
  })
})

describe('a new secret', () => {
  interface Issued {
    readonly access: string
    readonly refreshToken: string
    readonly device: string
    readonly opaque: string
  }

  async function issue(site: Site): Promise<Issued> {
    const login = (carrier: string) =>
      site.send('POST /login', { body: { identifier: 'ann', password: PASSPHRASE, carrier } })
    const byJwt = await login('jwt')
    return {
      access: String(byJwt.json['accessToken']),
      refreshToken: String(byJwt.json['refreshToken']),
      device: cookieFrom(byJwt, 'portress-device'),
      opaque: String((await login('token')).json['token']),
    }
  }

  const PASSPHRASE = 'violet engine under moss'

  /** Which of them the site takes. */
  async function accepted(site: Site, { access, refreshToken, device, opaque }: Issued): Promise<Complaints> {
    const taken: string[] = []
    if ((await site.send('GET /me', { token: access })).status === 200) taken.push('access token')
    if ((await site.send('GET /me', { token: opaque })).status === 200) taken.push('opaque token')
    if ((await site.send('POST /token/refresh', { body: { refreshToken } })).status === 200) taken.push('refresh token')
    for (let guess = 0; guess < 3; guess += 1) {
      await site.send('POST /login', { body: { identifier: 'ann', password: 'mistaken-walrus' } })
    }
    const body = { identifier: 'ann', password: PASSPHRASE }
    if ((await site.send('POST /login', { body, cookie: device })).status === 200) taken.push('device')
    await site.auth.clearLocks({ identifier: 'ann' })
    return taken
  }

  async function keyNames(site: Site): Promise<readonly string[]> {
    const { keys } = (await site.send('GET /.well-known/jwks.json')).json as {
      readonly keys: readonly Readonly<Record<string, string>>[]
    }
    return keys.map(({ kid = '' }) => kid)
  }

  it('row 199: in front signs, the old one behind still verifies, and one that is gone does not', async () => {
    const location = temporaryDatabase()
    const [old, fresh] = [randomSecret(), randomSecret()]
    const before = await openSite({ location, secrets: [old] })
    await before.addUser('ann', { password: PASSPHRASE })
    const issued = await issue(before)
    const during = await openSite({ location, secrets: [fresh, old] })
    expect(await accepted(during, issued)).toEqual(['access token', 'opaque token', 'refresh token', 'device'])
    const renewed = await issue(during)
    const after = await openSite({ location, secrets: [fresh] })
    expect(await accepted(after, renewed)).toEqual(['access token', 'opaque token', 'refresh token', 'device'])
    // What the store alone knows was never signed.
    expect(await accepted(after, issued)).toEqual(['opaque token'])
    expect(await accepted(before, renewed), 'control: a process that knows only the old secret').toEqual([
      'opaque token',
    ])
    const [oldName = ''] = await keyNames(before)
    const [newName = ''] = await keyNames(after)
    expect(oldName).not.toBe(newName)
    expect(await keyNames(during)).toEqual([newName, oldName])
  })

  it('row 199: mails that wait survive the change while the old secret is still there', async () => {
    const location = temporaryDatabase()
    const [old, fresh] = [randomSecret(), randomSecret()]
    const before = await openSite({ location, secrets: [old] })
    await before.addUser('ann', { password: PASSPHRASE })
    before.mailer.failWith(new Error('421 come back later'))
    await before.send('POST /password/reset', { body: { email: 'ann@example.org' } })
    await before.mails()
    const during = await openSite({ location, secrets: [fresh, old] })
    during.clock.advance({ minutes: 5 })
    expect((await during.mails()).map(({ to }) => to)).toEqual(['ann@example.org'])
  })

  it('row 199: the published keys have no private part', async () => {
    const site = await openSite({ secrets: [randomSecret(), randomSecret()] })
    const { json } = await site.send('GET /.well-known/jwks.json')
    const keys = json['keys'] as readonly Readonly<Record<string, unknown>>[]
    expect(keys).toHaveLength(2)
    for (const key of keys) expect(new Set(Object.keys(key))).toEqual(new Set(['alg', 'crv', 'kid', 'kty', 'use', 'x']))
  })
})
