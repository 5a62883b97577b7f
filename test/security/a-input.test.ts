/** Section A of the attack table, what a text may hold and how long it may be. Each row comes with a control. */
import { afterEach, describe, expect, it } from 'vitest'
import { parseEmail } from '../../src/model/email-address.ts'
import { canonicalIdentifier, RESERVED_USERNAMES, usernameProblems } from '../../src/model/identifier.ts'
import { forgivingApi } from './support/careless-api.ts'
import { countRows } from './support/database.ts'
import { BODY_ENDPOINTS, spoiledBodies } from './support/endpoints.ts'
import { leastCpuMilliseconds } from './support/measure.ts'
import { closeSites, openSite, PASSWORD, type Site, temporaryDatabase } from './support/open-site.ts'

afterEach(closeSites)

/** Refusals of the input itself: nothing was looked up, nothing was evaluated. */
const REFUSALS = [400, 413, 415]

/** A refresh token has no other way to be wrong. */
const isRefused = (row: string, status: number): boolean =>
  REFUSALS.includes(status) || (row === 'POST /token/refresh' && status === 401)

describe('row 15: characters that no field may hold', () => {
  const HOSTILE = ['a\u0000b', '\u0000', 'ab\u0000', 'a\ud800b', '\udfff', 'a\udc00\ud800b']

  async function faultsOfCharacters(site: Site): Promise<readonly string[]> {
    const faults: string[] = []
    const token = await site.tokenFor(await site.addUser('ann'))
    for (const { row, field, body } of spoiledBodies(HOSTILE)) {
      const { status } = await site.send(row, { token, body })
      if (!isRefused(row, status)) faults.push(`${row} ${field} ${JSON.stringify(body)}: ${status}`)
    }
    return faults
  }

  it('row 15: are refused in every field of every endpoint, and never a fault of the server', async () => {
    const site = await openSite()
    expect(await faultsOfCharacters(site)).toEqual([])
    expect(site.inserted()).toBe(1)
  })

  it('row 15: are refused as raw bytes and as escapes of a form', async () => {
    const site = await openSite()
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const bodies = ['identifier=a%00b&password=x', 'identifier=a&password=%00', 'identifier=%ED%A0%80&password=x']
    for (const body of bodies) {
      const { status } = await site.send('POST /login', { headers: form, body })
      expect([...REFUSALS, 401], body).toContain(status)
    }
    const bytes = Buffer.concat([
      Buffer.from('{"identifier":"a'),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from('","password":"x"}'),
    ])
    const json = { 'content-type': 'application/json' }
    expect(await site.send('POST /login', { headers: json, body: bytes })).toMatchObject({ status: 400 })
  })

  it('row 15: control: a server that cleans texts up instead is noticed', async () => {
    expect(await faultsOfCharacters(await openSite({ mounts: { '/api': forgivingApi() } }))).not.toEqual([])
  })
})

describe('row 16: a huge identifier', () => {
  const MEGABYTE = 'x'.repeat(1024 * 1024)
  const ROWS = [
    ['POST /login', 'identifier'],
    ['POST /register', 'username'],
    ['POST /register', 'email'],
    ['POST /password/reset', 'email'],
    ['POST /email/verify/resend', 'email'],
  ] as const

  /** What was answered, how long it took, and which tables grew. */
  async function faultsOfLength(site: Site, location: string, text: string): Promise<readonly string[]> {
    const faults: string[] = []
    const before = countRows(location)
    for (const [row, field] of ROWS) {
      const body = { ...BODY_ENDPOINTS.find((endpoint) => endpoint.row === row)?.body, [field]: text }
      const send = async (): Promise<void> => {
        const { status } = await site.send(row, { body })
        if (!REFUSALS.includes(status)) faults.push(`${row} ${field} is answered ${status}`)
      }
      const milliseconds = await leastCpuMilliseconds(send)
      if (milliseconds >= 50) faults.push(`${row} ${field} took ${milliseconds} ms`)
    }
    await site.auth.flush()
    const after = countRows(location)
    for (const [table, rows] of Object.entries(after)) if (rows !== before[table]) faults.push(`${table} grew`)
    return faults
  }

  it('row 16: is refused at once, and no session, log, lock or user grows', async () => {
    const location = temporaryDatabase()
    const site = await openSite({ location })
    expect(await faultsOfLength(site, location, MEGABYTE)).toEqual([])
    // Within the size of a body, but longer than any name or address.
    expect(await faultsOfLength(site, location, 'x'.repeat(60_000))).toEqual([])
    expect(await faultsOfLength(site, location, `${'x'.repeat(250)}@example.org`)).toEqual([])
  })

  it('row 16: is refused by the commands themselves too, whoever calls them', async () => {
    const location = temporaryDatabase()
    const site = await openSite({ location })
    const before = countRows(location)
    for (const text of [MEGABYTE, 'x'.repeat(255)]) {
      await expect(site.auth.login({ identifier: text, password: PASSWORD })).rejects.toThrow()
      await expect(site.auth.requestPasswordReset({ email: text })).rejects.toThrow()
      await expect(site.auth.register({ username: text, email: 'a@example.org', password: PASSWORD })).rejects.toThrow()
    }
    expect(countRows(location)).toEqual(before)
  })

  it('row 16: control: one that is short enough is logged and counted, which the same look notices', async () => {
    const location = temporaryDatabase()
    const site = await openSite({ location })
    expect(await faultsOfLength(site, location, 'x'.repeat(60))).not.toEqual([])
  })
})

describe('rows 17 and 18: a text made to be slow', () => {
  const SLOW: Readonly<Record<string, string>> = {
    'a domain of 100 000 labels': `a@${'a.'.repeat(100_000)}a`,
    'an address of 50 000 labels': `a@${'a.'.repeat(50_000)}`,
    '100 000 parentheses': '('.repeat(100_000),
    'an address of dots': `${'.'.repeat(100_000)}@example.org`,
    'a domain of hyphens': `a@${'-'.repeat(100_000)}.org`,
    'a megabyte that normalises to 18 times as much': 'ﷺ'.repeat(350_000),
    'a megabyte of fractions': '½'.repeat(500_000),
    'a megabyte of marks': `a${'\u0301\u0323'.repeat(250_000)}`,
    'a thousand labels': `a@${'a.'.repeat(1000)}com`,
    'letters before a wrong end': `${'a'.repeat(253)}!`,
  }

  async function slowOf(judge: (text: string) => unknown, texts = SLOW): Promise<readonly string[]> {
    const slow: string[] = []
    for (const [name, text] of Object.entries(texts)) {
      const milliseconds = await leastCpuMilliseconds(() => judge(text), 3)
      if (milliseconds >= 50) slow.push(`${name}: ${milliseconds} ms`)
    }
    return slow
  }

  const HUGE = Object.fromEntries(Object.entries(SLOW).filter(([, text]) => text.length >= 100_000))

  const rules = { maxLength: 150, reserved: RESERVED_USERNAMES, allowAt: false }

  it('rows 17 and 18: is judged in time that does not grow with it', async () => {
    expect(await slowOf(parseEmail)).toEqual([])
    expect(await slowOf((text) => usernameProblems(text, rules))).toEqual([])
  })

  it('rows 17 and 18: is refused at once over HTTP, as name, address or password, and never hashed', async () => {
    const site = await openSite()
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const field of ['username', 'email', 'password', 'firstName']) {
      const send = async (text: string): Promise<void> => {
        const { status } = await site.send('POST /register', { body: { ...BODY_ENDPOINTS[0]?.body, [field]: text } })
        expect(REFUSALS).toContain(status)
      }
      expect(await slowOf(send, HUGE), field).toEqual([])
    }
    expect(site.hasher.calls).toEqual([])
    const many = { body: `${'a=1&'.repeat(16_000)}`, headers: form }
    expect(await slowOf(() => site.send('POST /login', many), { form: '' })).toEqual([])
  })

  it('row 17: control: a pattern that backtracks is noticed', async () => {
    const naive = /^(?:[a-z0-9]+\.?)+@[a-z]+$/
    expect(await slowOf((text) => naive.test(text), { letters: `${'a'.repeat(24)}!` })).not.toEqual([])
  })

  it('row 18: control: normalising before looking at the length is noticed', async () => {
    const texts = { fractions: '½'.repeat(500_000) }
    expect(await slowOf(canonicalIdentifier, texts)).not.toEqual([])
  })
})
