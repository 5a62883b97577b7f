import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOSTILE_VALUES } from '../../support/members.ts'
import type { Answer } from '../drf/support/answer.ts'
import { type DjmongoauthSite, djmongoauthSite, PASSWORD } from './support/djmongoauth-site.ts'

const faults: unknown[] = []
let site: DjmongoauthSite
let token: string

beforeAll(async () => {
  const logger = { debug() {}, info() {}, warn() {}, error: (...fault: unknown[]) => void faults.push(fault) }
  site = djmongoauthSite({ logger, user: {}, lockout: { maxFailures: 1000, maxFailuresPerAddress: 100_000 } })
  await site.addUser('ann')
  token = await site.tokenOf('ann')
})

afterAll(async () => {
  await site.auth.close()
})

const CODE = 'A'.repeat(43)

const ENDPOINTS: readonly (readonly [row: string, body: Readonly<Record<string, string>>])[] = [
  ['POST register', { username: 'newcomer', email: 'newcomer@example.org', password: PASSWORD }],
  ['POST login', { username: 'ann', password: PASSWORD }],
  ['POST reset', { username: 'nobody' }],
  ['POST reset', { email: 'nobody@example.org' }],
  [`PUT reset?a=${CODE}`, { new_password: PASSWORD }],
]

/** What is not JSON of a 4xx; an empty list: all is well. */
function faultsOf({ status, headers, text }: Answer): readonly string[] {
  const isRefusal = status >= 400 && status < 500
  if (!isRefusal) return [`answered ${status}`]
  const isJson = headers.get('content-type') === 'application/json' && /^\{"error": "[ -~]*"\}$/.test(text)
  return isJson ? [] : [`answered ${status} with ${text}`]
}

describe.each(ENDPOINTS)('%s %j', (row, right) => {
  const fields = Object.keys(right)

  it('refuses what belongs into no field', async () => {
    const impossible: readonly unknown[] = [
      null,
      ['ann'],
      [],
      { $ne: null },
      { toString: { valueOf: [] } },
      'a\0b',
      'a\ud800b',
      true,
      7,
    ]
    for (const field of fields) {
      for (const value of impossible) {
        const answer = await site.call(row, { json: { ...right, [field]: value } })
        expect([field, value, faultsOf(answer)]).toEqual([field, value, []])
      }
    }
  })

  it('is never at a loss, whatever stands in a field', async () => {
    for (const field of fields) {
      for (const value of HOSTILE_VALUES) {
        const { status } = await site.call(row, { json: { ...right, [field]: value } })
        expect([field, value, status < 500]).toEqual([field, value, true])
      }
    }
  })

  it.each([
    ['a list', '[]'],
    ['a list of great depth', '['.repeat(30_000)],
    ['an object of great depth', `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`],
    ['a prototype', '{"__proto__":{"username":"ann","email":"x","password":"x","new_password":"x"}}'],
    ['a number', '1e999'],
    ['null', 'null'],
    ['two values', '{}{}'],
    ['white space alone', ' '],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
    ['of 10 MB', new Uint8Array(10_000_000)],
  ])('refuses a body that is %s', async (_, body) => {
    expect(faultsOf(await site.call(row, { body }))).toEqual([])
  })
})

describe('tokens and codes', () => {
  it.each([
    'Bearer '.repeat(1000),
    'a'.repeat(20_000),
    '&'.repeat(5000),
    '='.repeat(5000),
    `exp=${'9'.repeat(400)}&user_id=1&username=a&session_key=b`,
    'exp=-1&user_id=1&username=a&session_key=b',
    "exp=1&user_id=' OR 1=1&username=a&session_key=b",
    '\u00ff\u00fe',
    'Basic YW5uOnBsdW0=',
    'a.b.c',
  ])('refuses the token %j, and says so in JSON', async (bad) => {
    for (const row of ['POST logout', 'POST verify', 'POST reset', 'GET logout']) {
      expect([row, faultsOf(await site.call(row, { token: bad }))]).toEqual([row, []])
    }
  })

  it.each(['x'.repeat(50_000), '%00', '%ff', '%F0%9F%92%A9', "'--", CODE.slice(1), `${CODE}A`])(
    'refuses the code %s',
    async (code) => {
      for (const row of [`PUT verify?a=${code}`, `PUT reset?a=${code}`]) {
        expect([row, faultsOf(await site.call(row, { json: { new_password: PASSWORD } }))]).toEqual([row, []])
      }
    },
  )

  it('writes what was sent into JSON, never into a page', async () => {
    const name = '</script><img src=x onerror=alert(1)>"\\'
    const { text, headers } = await site.call('POST login', { json: { username: name, password: 'x' } })
    expect(JSON.parse(text)).toEqual({ error: `Password is incorrect for user ${name}` })
    expect([headers.get('content-type'), headers.get('x-content-type-options')]).toEqual([
      'application/json',
      'nosniff',
    ])
  })

  it('keeps the session that came before, and logs no fault for any of it', async () => {
    expect((await site.call('POST verify', { token })).status).toBe(201)
    await site.auth.flush()
    expect(faults).toEqual([])
  })
})
