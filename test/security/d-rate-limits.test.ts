import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { resolveConfig } from '../../src/config/resolve-config.ts'
import { toNodeListener } from '../../src/hosts/node.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { memoryMailer } from '../../src/testing/memory-mailer.ts'
import type { Answer } from './support/answer.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { readTables } from './support/database.ts'
import {
  closeSites,
  ORIGIN,
  openSite,
  PASSWORD,
  randomSecret,
  type Site,
  type SiteOptions,
  temporaryDatabase,
} from './support/open-site.ts'
import { race } from './support/send-http.ts'

afterEach(closeSites)

/** A site where one source may present five passwords a minute. */
const FIVE_A_MINUTE = { rateLimits: { passwordsPerAddress: { count: 5, perSeconds: 60 } } } as const

let guesses = 0

/** One guess at a name of its own, so that only the source connects it with others. */
function guess(site: Site, options: Parameters<Site['send']>[1] = {}): Promise<Answer> {
  guesses += 1
  return site.send('POST /login', { body: { identifier: `nobody${guesses}`, password: 'mistaken-walrus' }, ...options })
}

/** Of guesses from these addresses, one each: how many were not refused for their number. */
async function passedFrom(site: Site, addresses: readonly (string | null)[]): Promise<number> {
  let passed = 0
  for (const address of addresses) if ((await guess(site, { address })).status !== 429) passed += 1
  return passed
}

/** Everything that a caller may vary while staying the same source. */
function costumes(count: number): readonly Readonly<Record<string, string>>[] {
  return Array.from({ length: count }, (_, index) => ({
    'user-agent': `Browser/${index}`,
    'accept-language': index % 2 === 0 ? 'de' : 'en',
    cookie: `captcha=${index}; __Host-portress-device=${index}`,
    origin: ORIGIN,
    'x-captcha': `${index}`,
  }))
}

/** Headers in which proxies name the client, each with a new address in it. */
function forgedAddresses(count: number): readonly Readonly<Record<string, string>>[] {
  const names = ['x-forwarded-for', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip', 'x-client-ip', 'x_forwarded_for']
  return Array.from({ length: count }, (_, index) => {
    const address = `198.51.100.${index}`
    const named = Object.fromEntries(names.map((name) => [name, address]))
    return { ...named, forwarded: `for=${address}` }
  })
}

describe('what a source is counted by', () => {
  async function varyTheRequest(addressOf: (headers: Readonly<Record<string, string>>) => string): Promise<Complaints> {
    const site = await openSite(FIVE_A_MINUTE)
    await site.addUser('victim')
    const { must, complaints } = judgement()
    let passed = 0
    for (const headers of costumes(20)) {
      const body = { identifier: 'victim', password: 'mistaken-walrus' }
      const { status } = await site.send('POST /login', { body, headers, address: addressOf(headers) })
      if (status !== 429) passed += 1
    }
    must(passed <= 5, `${passed} guesses passed the limit of the source`)
    must(site.hasher.guesses() <= 3, `${site.hasher.guesses()} guesses at the user were judged`)
    return complaints
  }

  it('row 69: agent, language, cookies and headers of the caller’s choice change no count', async () => {
    expect(await varyTheRequest(() => '192.0.2.10')).toEqual(HOLDS)
  })

  it('row 69, control: a host that takes the source from the agent is seen through', async () => {
    const fromAgent = (headers: Readonly<Record<string, string>>): string =>
      `198.51.100.${String(headers['user-agent']).split('/')[1]}`
    expect(await varyTheRequest(fromAgent)).toEqual(saying('20 guesses passed'))
  })

  it('row 69: a log-in with fields that are not its own is refused before anything is judged', async () => {
    const site = await openSite()
    await site.addUser('victim')
    const login = { identifier: 'victim', password: PASSWORD }
    for (const extra of ['email', 'username', 'captcha', 'remember']) {
      const refused = await site.send('POST /login', { body: { ...login, [extra]: 'x' } })
      expect(refused.status, extra).toBe(400)
    }
    expect(site.hasher.guesses()).toBe(0)
    expect((await site.send('POST /login', { body: login })).status).toBe(200)
  })

  async function forgeAddresses(options: SiteOptions, peer: string): Promise<Complaints> {
    const site = await openSite({ ...FIVE_A_MINUTE, ...options })
    const { must, complaints } = judgement()
    let passed = 0
    for (const headers of forgedAddresses(20)) {
      if ((await guess(site, { headers, address: peer })).status !== 429) passed += 1
    }
    must(passed === 5, `${passed} guesses passed the limit of the source`)
    return complaints
  }

  it('row 70: headers that name an address are not believed by default', async () => {
    expect(await forgeAddresses({}, '192.0.2.10')).toEqual(HOLDS)
  })

  it('row 70, control: a site that trusts everybody’s headers is seen through', async () => {
    const trustedProxies = ['0.0.0.0/1', '128.0.0.0/1']
    expect(await forgeAddresses({ trustedProxies }, '192.0.2.10')).toEqual(saying('20 guesses passed'))
  })

  it('row 70: behind one trusted proxy only what the proxy itself added counts', async () => {
    const site = await openSite({ ...FIVE_A_MINUTE, trustedProxies: ['10.0.0.1'] })
    const behindProxy = (forwardedFor: string): Promise<Answer> =>
      guess(site, { address: '10.0.0.1', headers: { 'x-forwarded-for': forwardedFor } })
    const statuses: number[] = []
    for (let index = 0; index < 8; index += 1) {
      statuses.push((await behindProxy(`198.51.100.${index}, 203.0.113.9`)).status)
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429])
    expect((await behindProxy('203.0.113.9, 203.0.113.10')).status, 'another client of the proxy').toBe(401)
  })

  it('row 72: a thousand addresses of one /64 are one source, and another /64 is another', async () => {
    const site = await openSite(FIVE_A_MINUTE)
    const inside = Array.from({ length: 1000 }, (_, index) => `2001:db8:0:1:${index.toString(16)}::${index}`)
    expect(await passedFrom(site, inside)).toBe(5)
    expect(await passedFrom(site, ['2001:db8:0:2::1'])).toBe(1)
  })

  it('row 72, control: as many addresses of as many /64s pass', async () => {
    const site = await openSite(FIVE_A_MINUTE)
    const apart = Array.from({ length: 40 }, (_, index) => `2001:db8:0:${index.toString(16)}::1`)
    expect(await passedFrom(site, apart)).toBe(40)
  })

  it('row 73: an IPv4 address and its IPv6 form share a count', async () => {
    const site = await openSite(FIVE_A_MINUTE)
    const forms = ['198.51.100.7', '::ffff:198.51.100.7', '::FFFF:c633:6407', '0:0:0:0:0:ffff:198.51.100.7']
    expect(await passedFrom(site, [...forms, ...forms, ...forms])).toBe(5)
  })

  it('row 73, control: neighbours in the same form do not', async () => {
    const site = await openSite(FIVE_A_MINUTE)
    const neighbours = Array.from({ length: 12 }, (_, index) => `::ffff:198.51.100.${index}`)
    expect(await passedFrom(site, neighbours)).toBe(12)
  })

  it('row 74: requests without an address share one count', async () => {
    const site = await openSite(FIVE_A_MINUTE)
    expect(await passedFrom(site, [null, null, null, null, null, null, null, ''])).toBe(5)
  })

  it('row 74: a user is locked by guesses that have no address', async () => {
    const site = await openSite()
    await site.addUser('victim')
    const statusOf = async (password: string): Promise<number> => {
      const body = { identifier: 'victim', password }
      return (await site.send('POST /login', { body, address: null })).status
    }
    for (let index = 0; index < 3; index += 1) await statusOf('mistaken-walrus')
    expect(await statusOf(PASSWORD)).toBe(401)
    expect(site.hasher.guesses()).toBe(3)
  })

  it('row 74, control: addresses that are there and differ have counts of their own', async () => {
    const site = await openSite(FIVE_A_MINUTE)
    const others = Array.from({ length: 8 }, (_, index) => `192.0.2.${index}`)
    expect(await passedFrom(site, others)).toBe(8)
  })
})

describe('ranges of trusted proxies', () => {
  const startWith = (trustedProxies: readonly string[]) => () =>
    resolveConfig({
      store: sqlite(':memory:'),
      secrets: [randomSecret()],
      site: { name: 'Acme', origin: ORIGIN },
      mailer: memoryMailer(),
      trustedProxies,
    })

  it.each([
    '*',
    '0.0.0.0/0',
    '::/0',
    '::ffff:10.0.0.0/8',
    '::ffff:0:0/96',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0.1/8',
    '10.0.0.0/',
    'localhost',
    '',
  ])('row 71: the start fails with the range %j', (range) => {
    expect(startWith([range])).toThrow(TypeError)
  })

  it('row 71, control: the start succeeds with ranges that mean what they say', () => {
    expect(startWith(['10.0.0.0/8', '192.0.2.1', '2001:db8::/32', '::1'])).not.toThrow()
  })
})

describe('one source and many users', () => {
  async function spray(options: SiteOptions): Promise<Complaints> {
    const alarms: string[] = []
    const site = await openSite({
      ...options,
      events: { addressLockedOut: ({ address }) => void alarms.push(address) },
    })
    for (let index = 0; index < 60; index += 1) await site.addUser(`user${index}`)
    const { must, complaints } = judgement()
    const statuses: number[] = []
    site.hasher.forget()
    for (let index = 0; index < 60; index += 1) {
      const body = { identifier: `user${index}`, password: 'mistaken-walrus' }
      statuses.push((await site.send('POST /login', { body })).status)
    }
    must(site.hasher.guesses() === 50, `${site.hasher.guesses()} guesses were judged`)
    must(
      statuses.slice(50).every((status) => status === 429),
      'the source was not told to stop',
    )
    must(alarms.length === 1, `the alarm was raised ${alarms.length} times`)
    const elsewhere = { body: { identifier: 'user59', password: PASSWORD }, address: '198.51.100.1' }
    must((await site.send('POST /login', elsewhere)).status === 200, 'a user was kept out elsewhere')
    return complaints
  }

  it('row 82: one password sprayed over sixty users stops after fifty, with one alarm', async () => {
    expect(await spray({ lockout: { maxFailuresPerAddress: 50 } })).toEqual(HOLDS)
  })

  it('row 82, control: without a limit on the source the spray goes on', async () => {
    expect(await spray({ lockout: { maxFailuresPerAddress: 100_000 } })).toEqual(saying('60 guesses were judged'))
  })
})

describe('spellings of an address', () => {
  const SPELLINGS = [
    '/api/login/',
    '//api/login',
    '/api//login',
    '/api/LOGIN',
    '/API/login',
    '/api/%6cogin',
    '/api/login;x=1',
    '/api/./login',
    '/api/x/../login',
    '/api/login%00',
    '/api/login%20',
    '/api/login?x=1',
    '/api/login?',
    '/api/login#x',
  ]

  async function listen(site: Site, addressOf: (url: string) => string): Promise<number> {
    const server: Server = createServer((request, response) => {
      const listener = toNodeListener((made, peer) => {
        return site.auth.fetch(made, { ...peer, address: addressOf(request.url ?? '') })
      })
      return listener(request, response)
    })
    onTestFinished(() => void server.close())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  async function guessUnderEverySpelling(addressOf: (url: string) => string): Promise<Complaints> {
    const site = await openSite(FIVE_A_MINUTE)
    await site.addUser('victim')
    const port = await listen(site, addressOf)
    const { must, complaints } = judgement()
    const body = { identifier: 'victim', password: PASSWORD }
    let opened = 0
    for (const path of ['/api/login', ...SPELLINGS, ...SPELLINGS, ...SPELLINGS]) {
      const [answer] = await race([{ port, method: 'POST', path, body }])
      if (answer?.status === 200) opened += 1
      const isExpected = answer !== undefined && [200, 404, 429].includes(answer.status)
      must(isExpected, `${path} answered ${answer?.status}`)
    }
    must(opened >= 1, 'the log-in itself does not work')
    must(opened <= 5, `${opened} passwords passed the limit of five`)
    return complaints
  }

  it('row 84: other spellings of the log-in are unknown or count as the same', async () => {
    expect(await guessUnderEverySpelling(() => '192.0.2.10')).toEqual(HOLDS)
  })

  it('row 84, control: counting by the spelling is seen through', async () => {
    const bySpelling = (url: string): string => `198.51.100.${SPELLINGS.indexOf(url) + 1}`
    expect(await guessUnderEverySpelling(bySpelling)).toEqual(saying('passed the limit of five'))
  })
})

describe('the size of the counters', () => {
  async function guessAtManyNames(
    maxUnknownIdentifiers: number,
  ): Promise<{ readonly file: string; readonly site: Site }> {
    const file = temporaryDatabase()
    const site = await openSite({ location: file, retention: { maxUnknownIdentifiers } })
    for (let index = 0; index < 400; index += 1) await guess(site, { address: `2001:db8:1:${index.toString(16)}::1` })
    return { file, site }
  }

  const rowsOf = (file: string, prefix: string): number =>
    (readTables(file).get('portress_throttles') ?? []).filter(({ key }) => String(key).startsWith(prefix)).length

  it('rows 81 and 85: a clean-up leaves no more names that nobody has than were allowed', async () => {
    const { file, site } = await guessAtManyNames(100)
    expect(rowsOf(file, 'lock:identifier:')).toBeGreaterThan(100)
    await site.auth.cleanUp()
    expect(rowsOf(file, 'lock:identifier:')).toBe(100)
  })

  it('row 85, control: without the cap they stay', async () => {
    const { file, site } = await guessAtManyNames(100_000)
    await site.auth.cleanUp()
    expect(rowsOf(file, 'lock:identifier:')).toBeGreaterThan(100)
  })

  it('row 85: nothing is left of a flood once its window is over', async () => {
    const { file, site } = await guessAtManyNames(100_000)
    site.clock.advance({ minutes: 15, milliseconds: 1 })
    await site.auth.cleanUp()
    expect(rowsOf(file, '')).toBe(0)
  })

  it('row 85: a clean-up that makes room keeps the names that are locked', async () => {
    const { file, site } = await guessAtManyNames(1)
    for (let index = 0; index < 3; index += 1) {
      await site.send('POST /login', { body: { identifier: 'hunted', password: `mistaken-walrus-${index}` } })
    }
    await site.auth.cleanUp()
    expect(rowsOf(file, 'lock:identifier:')).toBe(2)
    expect(
      (await site.auth.listAttempts({ scope: 'all', filter: { identifier: 'hunted', limit: 1 } }))[0]?.outcome,
    ).toBe('unknown_user')
    await site.send('POST /login', { body: { identifier: 'hunted', password: 'mistaken-walrus' } })
    expect(
      (await site.auth.listAttempts({ scope: 'all', filter: { identifier: 'hunted', limit: 1 } }))[0]?.outcome,
    ).toBe('locked')
  })
})
