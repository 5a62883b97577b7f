/** Section B of the attack table: mailed codes and signed values, each for one purpose, once. Each row with a control. */
import { afterEach, describe, expect, it } from 'vitest'
import { sourceFiles } from '../../scripts/support/source-files.ts'
import { createKeyring, type Keyring } from '../../src/commands/steps/keyring.ts'
import type { Store } from '../../src/contracts/store.ts'
import type { CodePurpose } from '../../src/model/code.ts'
import { accessTokens } from '../../src/tokens/access-token.ts'
import { readRefreshToken, writeRefreshToken } from '../../src/tokens/refresh-token.ts'
import { deriveKey } from '../../src/util/secrets.ts'
import { type Answer, cookieFrom, unlessRefused } from './support/answer.ts'
import { withBodies } from './support/careless-api.ts'
import {
  closeSites,
  codeIn,
  ORIGIN,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  randomSecret,
  type Site,
  temporaryDatabase,
} from './support/open-site.ts'
import { race } from './support/send-http.ts'
import { startServer } from './support/start-server.ts'
import { blindToStatus, checkingBeforeTaking, forgetting } from './support/store-stand-ins.ts'

afterEach(closeSites)

describe('row 26: a value signed with a key that anybody can guess', () => {
  const GUESSES = ['', 'undefined', 'null', 'secret', 'portress', 'access-token', 'change-me', `${'0'.repeat(32)}`]

  /** Forges an access token for a session that is known to exist, and a later refresh token of one's own. */
  async function faultsOfForgery(site: Site, guesses: readonly string[]): Promise<readonly string[]> {
    const faults: string[] = []
    const ann = await site.addUser('ann')
    const login = { identifier: 'ann', password: PASSWORD, carrier: 'jwt' }
    const { json } = await site.send('POST /login', { body: login })
    const [session] = await site.store.sessions.listForUser(ann.user.id, site.clock.now())
    const seed = Buffer.from(String(json['refreshToken']), 'base64url').subarray(0, 32).toString('base64url')
    for (const guess of guesses) {
      const forger = accessTokens({ seeds: [deriveKey(guess, 'access-token')], issuer: ORIGIN, audience: ORIGIN })
      const times = { issuedAt: site.clock.now(), expiresAt: new Date(site.clock.now().getTime() + 60_000) }
      const token = await forger.sign({ sessionId: session?.id ?? '', userId: String(ann.user.id) }, times)
      const access = await site.send('GET /me', { token })
      if (access.status !== 401) faults.push(`an access token signed with "${guess}" is answered ${access.status}`)
      const refreshToken = writeRefreshToken(deriveKey(guess, 'refresh-token'), { seed, generation: 0 })
      const refresh = await site.send('POST /token/refresh', { body: { refreshToken } })
      if (refresh.status !== 401) faults.push(`a refresh token signed with "${guess}" is answered ${refresh.status}`)
    }
    return faults
  }

  it('row 26: opens nothing', async () => {
    expect(await faultsOfForgery(await openSite(), GUESSES)).toEqual([])
  })

  it('row 26: control: the forgery is right, and works with the real secret', async () => {
    const secret = randomSecret()
    expect(await faultsOfForgery(await openSite({ secrets: [secret] }), [secret])).toHaveLength(2)
  })

  it('row 26: cannot happen with a secret from a document, nor without one: the start is refused', async () => {
    const samples = [...GUESSES, 'your-secret-key-goes-here-change-it-please', 'a'.repeat(64), 'short but random 8Kq2']
    for (const sample of [...samples, undefined]) {
      await expect(openSite({ secrets: [sample] }), String(sample)).rejects.toThrow('secrets')
    }
    await expect(openSite({ secrets: [] })).rejects.toThrow('secrets')
  })

  it('row 26: dies with its secret, and lives while the old one stands behind the new', async () => {
    const [location, oldSecret, newSecret] = [temporaryDatabase(), randomSecret(), randomSecret()]
    const before = await openSite({ location, secrets: [oldSecret] })
    await before.addUser('ann')
    const login = { identifier: 'ann', password: PASSWORD, carrier: 'jwt' }
    const { accessToken, refreshToken } = (await before.send('POST /login', { body: login })).json
    const token = String(accessToken)
    const both = await openSite({ location, secrets: [newSecret, oldSecret] })
    expect(await both.send('GET /me', { token })).toMatchObject({ status: 200 })
    const alone = await openSite({ location, secrets: [newSecret] })
    expect(await alone.send('GET /me', { token })).toMatchObject({ status: 401 })
    expect(await alone.send('POST /token/refresh', { body: { refreshToken } })).toMatchObject({ status: 401 })
  })
})

describe('rows 27 and 50: a blank token, or one of another type', () => {
  const BLANKS: readonly unknown[] = [
    '',
    null,
    'null',
    'undefined',
    [],
    {},
    0,
    '0',
    0.5,
    true,
    false,
    [0],
    ' ',
    '\0',
    'NULL',
  ]
  const ROWS = ['/email/verify', '/password/reset/confirm', '/email/change/confirm', '/email/change/cancel', '/unlock']

  async function faultsOfBlanks(send: (row: string, body: object) => Promise<number>): Promise<readonly string[]> {
    const faults: string[] = []
    const judge = async (row: string, body: object): Promise<void> => {
      const status = await send(row, body)
      if (status < 400 || status > 499) faults.push(`${row} ${JSON.stringify(body)} is answered ${status}`)
    }
    for (const path of ROWS) {
      for (const code of BLANKS) await judge(`POST ${path}`, { code, newPassword: OTHER_PASSWORD })
      await judge(`POST ${path}`, { newPassword: OTHER_PASSWORD })
    }
    for (const refreshToken of BLANKS) await judge('POST /token/refresh', { refreshToken })
    return faults
  }

  it('rows 27 and 50: matches no row, whatever rows there are', async () => {
    const site = await openSite()
    await site.send('POST /register', { body: { username: 'newcomer', email: 'new@example.org', password: PASSWORD } })
    await site.addUser('nobody-logs-in', { password: null })
    expect(await faultsOfBlanks(async (row, body) => (await site.send(row, { body })).status)).toEqual([])
    expect(await site.auth.findUser('newcomer')).toMatchObject({ status: 'pending' })
  })

  it('rows 27 and 50: opens no account as a bearer token or a cookie either', async () => {
    const site = await openSite()
    await site.tokenFor(await site.addUser('ann'))
    for (const value of BLANKS.map(String)) {
      const authorization = `Bearer ${value}`.replace('\0', '')
      expect(await site.send('GET /me', { headers: { authorization } })).toMatchObject({ status: 401 })
      const cookie = `__Host-portress-session=${value}`.replace('\0', '')
      expect(await site.send('GET /me', { cookie })).toMatchObject({ status: 401 })
    }
  })

  it('rows 27 and 50: control: a look-up that compares loosely with a column that may be null is noticed', async () => {
    const rows = [{ code: null }, { code: 0 }, { code: 'x' }]
    const loosely = (value: unknown): boolean => rows.some(({ code }) => String(code ?? '') === String(value ?? ''))
    const send = (_: string, body: object): Promise<number> =>
      Promise.resolve('code' in body && loosely(body.code) ? 200 : 400)
    expect(await faultsOfBlanks(send)).not.toEqual([])
  })
})

interface Value {
  readonly text: string
  readonly site: Site
}

/** Every kind of secret there is, each for a user of its own, and the places that it opens. */
const KINDS = {
  'verify-email': {
    opens: ['verify'],
    async make() {
      const site = await openSite(wrapped)
      await site.send('POST /register', { body: { username: 'annie', email: 'ann@example.org', password: PASSWORD } })
      return { site, text: await site.codeFor('ann@example.org') }
    },
  },
  'reset-password': {
    opens: ['reset'],
    async make() {
      const { site, email } = await siteWithAnn()
      await site.send('POST /password/reset', { body: { email } })
      return { site, text: await site.codeFor(email) }
    },
  },
  'change-email': {
    opens: ['change'],
    make: async () => changeOf('ann@example.net'),
  },
  'cancel-email-change': {
    opens: ['cancel'],
    make: async () => changeOf('ann@example.org'),
  },
  unlock: {
    opens: ['unlock'],
    async make() {
      const { site, email } = await siteWithAnn()
      for (let index = 0; index < 3; index += 1) {
        await site.send('POST /login', { body: { identifier: 'ann', password: OTHER_PASSWORD } })
      }
      return { site, text: await site.codeFor(email) }
    },
  },
  // A session is opened by its secret, whichever of the two ways the secret travels.
  token: { opens: ['bearer', 'cookie'], make: () => loginOf('token', ({ json }) => String(json['token'])) },
  cookie: { opens: ['bearer', 'cookie'], make: () => loginOf('cookie', cookieValue('portress-session')) },
  'access token': {
    opens: ['bearer', 'cookie'],
    make: () => loginOf('jwt', ({ json }) => String(json['accessToken'])),
  },
  'refresh token': { opens: ['refresh'], make: () => loginOf('jwt', ({ json }) => String(json['refreshToken'])) },
  'known-device cookie': { opens: [], make: () => loginOf('cookie', cookieValue('portress-device')) },
  'id of a session': { opens: [], make: () => loginOf('token', ({ json }) => (json['session'] as { id: string }).id) },
} as const satisfies Readonly<Record<string, Kind>>

interface Kind {
  readonly opens: readonly Place[]
  readonly make: () => Promise<Value>
}

/** Every place where a secret is taken. */
const PLACES = {
  verify: ({ site, text }) => site.send('POST /email/verify', { body: { code: text } }),
  reset: ({ site, text }) =>
    site.send('POST /password/reset/confirm', { body: { code: text, newPassword: OTHER_PASSWORD } }),
  change: ({ site, text }) => site.send('POST /email/change/confirm', { body: { code: text } }),
  cancel: ({ site, text }) => site.send('POST /email/change/cancel', { body: { code: text } }),
  unlock: ({ site, text }) => site.send('POST /unlock', { body: { code: text } }),
  refresh: ({ site, text }) => site.send('POST /token/refresh', { body: { refreshToken: text } }),
  bearer: ({ site, text }) => site.send('GET /me', { token: text }),
  cookie: ({ site, text }) => site.send('GET /me', { cookie: `__Host-portress-session=${text}` }),
} satisfies Readonly<Record<string, (value: Value) => Promise<Answer>>>

type Place = keyof typeof PLACES

const PLACE_NAMES = Object.keys(PLACES) as readonly Place[]

let wrapped: NonNullable<Parameters<typeof openSite>[0]> = {}

async function siteWithAnn(): Promise<{ readonly site: Site; readonly email: string }> {
  const site = await openSite(wrapped)
  const { email } = await site.addUser('ann')
  return { site, email }
}

async function changeOf(mailedTo: string): Promise<Value> {
  const site = await openSite(wrapped)
  const token = await site.tokenFor(await site.addUser('ann'))
  await site.send('POST /email/change', { token, body: { newEmail: 'ann@example.net', currentPassword: PASSWORD } })
  return { site, text: codeIn((await site.mails()).find(({ to }) => to === mailedTo)) }
}

async function loginOf(carrier: string, read: (answer: Answer) => string): Promise<Value> {
  const { site } = await siteWithAnn()
  const answer = await site.send('POST /login', { body: { identifier: 'ann', password: PASSWORD, carrier } })
  return { site, text: read(answer) }
}

const cookieValue =
  (name: string) =>
  (answer: Answer): string =>
    cookieFrom(answer, name).replace(/^[^=]*=/, '')

describe('rows 28 and 29: a secret of one purpose presented for another', () => {
  afterEach(() => {
    wrapped = {}
  })

  /** Foreign places first, then its own: it must still be good there. */
  async function faultsOfKind(kind: keyof typeof KINDS): Promise<readonly string[]> {
    const faults: string[] = []
    const opens: readonly Place[] = KINDS[kind].opens
    const value = await KINDS[kind].make()
    const foreign = PLACE_NAMES.filter((place) => !opens.includes(place))
    for (const place of foreign) faults.push(...unlessRefused(`${kind} at ${place}`, await PLACES[place](value)))
    for (const place of opens) {
      const { status } = await PLACES[place](value)
      if (status >= 300) faults.push(`${kind} at its own place ${place} is answered ${status}`)
    }
    return faults
  }

  it.each(Object.keys(KINDS) as readonly (keyof typeof KINDS)[])(
    'row 28: %s opens its own place and no other',
    async (kind) => {
      expect(await faultsOfKind(kind)).toEqual([])
    },
  )

  it('row 28: control: a store that looks at the digest alone is noticed', async () => {
    wrapped = { wrapStore: blindToPurpose }
    expect(await faultsOfKind('verify-email')).not.toEqual([])
    expect(await faultsOfKind('unlock')).not.toEqual([])
  })

  const labels = (): readonly string[] => [
    ...new Set(
      sourceFiles(process.cwd(), ['src']).flatMap(({ text }) =>
        [...text.matchAll(/keysFor\('([\w-]+)'\)/g)].map(([, label]) => label ?? ''),
      ),
    ),
  ]

  function sharedKeys({ keysFor }: Keyring): readonly string[] {
    const seen = new Map<string, string>()
    return labels().flatMap((label) => {
      const key = Buffer.from(keysFor(label as Parameters<typeof keysFor>[0])[0]).toString('hex')
      const other = seen.get(key)
      seen.set(key, label)
      return other === undefined ? [] : [`${label} has the key of ${other}`]
    })
  }

  it('row 29: is signed with a key of its own: there is one for each purpose in the sources', () => {
    expect(labels().length).toBeGreaterThanOrEqual(4)
    expect(sharedKeys(createKeyring([randomSecret()]))).toEqual([])
  })

  it('row 29: control: one key for everything is noticed', () => {
    const { keysFor } = createKeyring([randomSecret()])
    expect(sharedKeys({ keysFor: () => keysFor('outbox') })).not.toEqual([])
  })

  it('row 29: is never a text of the caller’s choice: what the server signs it has made itself', async () => {
    const { site, text } = await loginOf('jwt', ({ json }) => String(json['refreshToken']))
    // The device cookie is the one signed value that takes something back in: its id, and only in its own form.
    const device = `__Host-portress-device=${text}`
    const headers = { cookie: device, origin: ORIGIN }
    const answer = await site.send('POST /login', { body: { identifier: 'ann', password: PASSWORD }, headers })
    expect(cookieFrom(answer, 'portress-device')).not.toContain(text)
    expect(readRefreshToken([deriveKey('x', 'refresh-token')], cookieValue('portress-device')(answer))).toBeNull()
  })
})

describe('row 30: the activation link of a user whom an operator has disabled', () => {
  async function faultsOfRevival(site: Site): Promise<readonly string[]> {
    const email = 'ann@example.org'
    await site.send('POST /register', { body: { username: 'annie', email, password: PASSWORD } })
    const code = await site.codeFor(email)
    const user = await site.auth.findUser('annie')
    if (user === null) return ['nobody was registered']
    await site.auth.setStatus({ userId: user.id, status: 'disabled' })
    const { status } = await site.send('POST /email/verify', { body: { code } })
    await site.send('POST /email/verify/resend', { body: { email } })
    await site.send('POST /password/reset', { body: { email } })
    const later = (await site.mails()).slice(1)
    const login = await site.send('POST /login', { body: { identifier: 'annie', password: PASSWORD } })
    return [
      ...(status === 400 ? [] : [`the link is answered ${status}`]),
      ...(later.length === 0 ? [] : [`${later.length} more links were mailed`]),
      ...(login.status === 401 ? [] : [`a log-in is answered ${login.status}`]),
    ]
  }

  it('row 30: is dead, brings no new one, and nobody gets in', async () => {
    const site = await openSite()
    expect(await faultsOfRevival(site)).toEqual([])
    const user = await site.auth.findUser('annie')
    expect(user).toMatchObject({ status: 'disabled' })
  })

  it('row 30: control: a store that knows nothing but active and not active is noticed', async () => {
    const careless = (store: Store): Store => forgetting('removeCodes', 'when')(blindToStatus(store))
    expect(await faultsOfRevival(await openSite({ wrapStore: careless }))).not.toEqual([])
  })
})

describe('row 31: one activation link used many times at once', () => {
  const PARALLEL = 20

  const faultsOf = (statuses: readonly number[]): readonly string[] => {
    const good = statuses.filter((status) => status < 300).length
    const odd = statuses.filter((status) => status >= 500)
    return good === 1 && odd.length === 0 ? [] : [`${good} of ${statuses.length} worked, ${odd.length} were faults`]
  }

  it('row 31: works once, in two processes on one file, and never again', async () => {
    const settings = { database: temporaryDatabase(), secret: randomSecret(), startsAt: '2026-03-01T12:00:00Z' }
    const servers = await Promise.all([startServer(settings), startServer(settings)])
    const [first] = servers
    for (let round = 0; round < 5; round += 1) {
      const email = `person${round}@example.org`
      await first.post('/register', { username: `person${round}`, email, password: PASSWORD })
      // Either process may have sent it: what an activation puts into the outbox wakes the one that answered it.
      const mails = (await Promise.all(servers.map((server) => server.ask({ ask: 'mails' })))).flat()
      const code = codeIn(mails.find(({ to }) => to === email))
      const calls = Array.from({ length: PARALLEL }, (_, index) => ({
        port: servers[index % 2]?.port ?? 0,
        method: 'POST',
        path: '/api/email/verify',
        body: { code },
      }))
      expect(faultsOf((await race(calls)).map(({ status }) => status))).toEqual([])
      expect(await first.post('/email/verify', { code })).toMatchObject({ status: 400 })
    }
  })

  async function raceInside(site: Site): Promise<readonly number[]> {
    const email = 'ann@example.org'
    await site.send('POST /register', { body: { username: 'annie', email, password: PASSWORD } })
    const code = await site.codeFor(email)
    const tries = Array.from({ length: PARALLEL }, () => site.send('POST /email/verify', { body: { code } }))
    return (await Promise.all(tries)).map(({ status }) => status)
  }

  it('row 31: raises one event', async () => {
    const events: string[] = []
    const site = await openSite({ events: { emailVerified: ({ user }) => void events.push(String(user.id)) } })
    expect(faultsOf(await raceInside(site))).toEqual([])
    expect(events).toHaveLength(1)
  })

  it('row 31: control: a store that looks before it takes is noticed', async () => {
    const careless = (store: Store): Store => forgetting('when')(checkingBeforeTaking(store))
    expect(faultsOf(await raceInside(await openSite({ wrapStore: careless })))).not.toEqual([])
  })
})

describe('row 41: the second step of a flow before the first', () => {
  const SECOND_STEPS: readonly (readonly [string, object])[] = [
    ['POST /email/verify', {}],
    ['POST /password/reset/confirm', {}],
    ['POST /password/reset/confirm', { newPassword: OTHER_PASSWORD }],
    ['POST /email/change/confirm', {}],
    ['POST /email/change/cancel', {}],
    ['POST /unlock', {}],
    ['POST /token/refresh', {}],
    ['POST /logout', {}],
    ['POST /password/change', { newPassword: OTHER_PASSWORD }],
    ['POST /email/change', { newEmail: 'evil@example.net' }],
    ['POST /username/change', { newUsername: 'evil' }],
    ['DELETE /me', {}],
  ]

  async function faultsOfSkipping(site: Site): Promise<readonly string[]> {
    const faults: string[] = []
    const ann = await site.addUser('ann')
    for (const [row, body] of SECOND_STEPS) {
      faults.push(...unlessRefused(row, await site.send(row, { body })))
      faults.push(...unlessRefused(`${row} without a body`, await site.send(row)))
    }
    // With a session, but without the proof that the step asks for.
    const token = await site.tokenFor(ann)
    for (const [row, body] of SECOND_STEPS.filter(([name]) => name !== 'POST /logout')) {
      faults.push(...unlessRefused(`${row} with a session`, await site.send(row, { body, token })))
    }
    const after = await site.auth.findUser('ann')
    return after?.email === ann.email ? faults : [...faults, 'the address was changed']
  }

  it('row 41: is refused, with an empty body and without one, and changes nothing', async () => {
    expect(await faultsOfSkipping(await openSite())).toEqual([])
  })

  it('row 41: control: a step that believes that the proof was given before is noticed', async () => {
    const believing = withBodies((body, { path }) =>
      path.endsWith('/password/change') ? { currentPassword: PASSWORD, ...body } : body,
    )
    expect(await faultsOfSkipping(await openSite({ mounts: { '/api': believing } }))).not.toEqual([])
  })
})

const PURPOSES: readonly CodePurpose[] = [
  'verify-email',
  'reset-password',
  'change-email',
  'cancel-email-change',
  'unlock',
]

/** A store that finds a code by its digest, whatever it was made for. */
function blindToPurpose(store: Store): Store {
  const purposeOf = async (digest: Uint8Array, now: Date): Promise<CodePurpose> => {
    for (const purpose of PURPOSES) if (await store.codes.find(digest, purpose, now)) return purpose
    return 'unlock'
  }
  return {
    ...store,
    codes: {
      ...store.codes,
      find: async (digest, _, now) => store.codes.find(digest, await purposeOf(digest, now), now),
      take: async (digest, _, now) => store.codes.take(digest, await purposeOf(digest, now), now),
    },
  }
}
