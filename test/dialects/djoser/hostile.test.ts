import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOSTILE_VALUES } from '../../support/members.ts'
import type { Answer } from './support/answer.ts'
import { type CallOptions, type DjoserSite, djoserSite } from './support/djoser-site.ts'
import { ENDPOINTS, type Endpoint, TWICE } from './support/endpoints.ts'

const faults: unknown[] = []
let site: DjoserSite
let token: string

beforeAll(async () => {
  const logger = { debug() {}, info() {}, warn() {}, error: (...fault: unknown[]) => void faults.push(fault) }
  site = djoserSite({ djoser: TWICE, logger })
  token = (await site.member('ann')).token
})

afterAll(async () => {
  await site.auth.close()
})

const send = ({ row, guard }: Endpoint, options: CallOptions): Promise<Answer> =>
  site.call(row, guard === 'session' ? { token, ...options } : options)

/** What no field takes, whatever it is for. */
const IMPOSSIBLE: Readonly<Record<string, unknown>> = {
  null: null,
  'a list': ['ann'],
  'an empty list': [],
  'an object': { $ne: null },
  'a nested object': { toString: { valueOf: [] } },
  NUL: 'a\0b',
  'a lone surrogate': 'a\ud800b',
  'a boolean': true,
}

/** What is not JSON of a 4xx; an empty list: all is well. */
function faultsOf({ status, headers, body }: Answer): readonly string[] {
  const isRefusal = status >= 400 && status < 500
  if (!isRefusal) return [`answered ${status}`]
  const isJson = headers.get('content-type') === 'application/json' && typeof body === 'object'
  return isJson ? [] : [`answered ${status} with ${headers.get('content-type')}`]
}

describe.each(ENDPOINTS)('$row', (endpoint) => {
  const fields = Object.keys(endpoint.body)

  it.each(Object.entries(IMPOSSIBLE))('refuses %s in every field, in JSON', async (_, value) => {
    for (const field of fields) {
      const answer = await send(endpoint, { json: { ...endpoint.body, [field]: value } })
      expect([field, faultsOf(answer)]).toEqual([field, []])
    }
  })

  it('refuses a missing field, or does without it, and is never at a loss', async () => {
    for (const field of fields) {
      const { [field]: _, ...rest } = endpoint.body
      const { status } = await send(endpoint, { json: rest })
      expect([field, status]).toEqual([field, expect.toSatisfy((code: number) => code < 500)])
    }
  })

  it('is never at a loss, whatever stands in a field', async () => {
    for (const field of fields) {
      for (const value of HOSTILE_VALUES) {
        const { status } = await send(endpoint, { json: { ...endpoint.body, [field]: value } })
        expect([field, value, status < 500]).toEqual([field, value, true])
      }
    }
  })

  it('refuses NUL and broken UTF-8 in a form', async () => {
    for (const field of fields) {
      const rest = new URLSearchParams(Object.entries(endpoint.body).filter(([name]) => name !== field)).toString()
      for (const value of ['a%00b', '%ED%A0%80', '%FF']) {
        const headers = { 'content-type': 'application/x-www-form-urlencoded' }
        const { status } = await send(endpoint, { body: `${rest}&${field}=${value}`, headers })
        expect([field, value, status < 500]).toEqual([field, value, true])
        if (value === 'a%00b') expect([field, status >= 400]).toEqual([field, true])
      }
    }
  })

  it.each([
    ['a list', '[]'],
    ['a list of great depth', '['.repeat(50_000)],
    ['an object of great depth', `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`],
    ['a prototype', '{"__proto__":{"is_staff":true,"password":"x"}}'],
    ['a constructor', '{"constructor":{"prototype":{}}}'],
    ['a number', '1e999'],
    ['null', 'null'],
    ['two values', '{}{}'],
    ['white space alone', ' '],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
  ])('refuses a JSON body that is %s, or takes it for an empty one', async (_, body) => {
    const answer = await send(endpoint, { body, headers: { 'content-type': 'application/json' } })
    expect(answer.status).toBeLessThan(500)
    if (!endpoint.row.includes('PUT') && !endpoint.row.includes('PATCH')) expect(faultsOf(answer)).toEqual([])
  })

  it.each([
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    '',
  ])('refuses 10 MB of %j', async (type) => {
    const body = new TextEncoder().encode(`{"${fields[0]}":"${'x'.repeat(10_000_000)}"}`)
    const answer = await send(endpoint, { body, headers: { 'content-type': type } })
    expect(faultsOf(answer)).toEqual([])
  })

  it('refuses a file in every field', async () => {
    for (const field of fields) {
      const form = new FormData()
      for (const [name, value] of Object.entries(endpoint.body))
        form.append(name, name === field ? new Blob([value]) : value)
      expect([field, faultsOf(await send(endpoint, { body: form }))]).toEqual([field, []])
    }
  })

  it.each([
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary="',
    'application/json; charset=utf-16',
  ])('is not at a loss with a body said to be %s', async (type) => {
    const answer = await send(endpoint, { body: '--x\r\n\r\n', headers: { 'content-type': type } })
    expect(faultsOf(answer)).toEqual([])
  })
})

describe('addresses and headers', () => {
  it.each([
    '%00',
    '%ff',
    '..%2f..%2fme',
    '__proto__',
    'constructor',
    '%F0%9F%92%A9',
    "'--",
    '9'.repeat(400),
    '-0',
    '1e1',
    '%31',
  ])('takes users/%s/ for nobody', async (id) => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const { status } = await site.call(`${method} users/${id}/`, { token, ...(method === 'GET' ? {} : { json: {} }) })
      expect([method, status]).toEqual([method, expect.toSatisfy((code: number) => code >= 400 && code < 500)])
    }
  })

  it.each([
    ['authorization', 'Token '.repeat(1000)],
    ['authorization', `Token ${'a'.repeat(8000)}`],
    ['authorization', `Bearer ${'a.'.repeat(3000)}`],
    ['authorization', `Bearer eyJhbGciOiJub25lIn0.${btoa('{"user_id":"1"}')}.`],
    ['authorization', 'Basic '],
    ['cookie', `sessionid=${'x'.repeat(8000)}`],
    ['cookie', '=;;;=; sessionid; csrftoken=%00'],
    ['accept', '*/*;q=nan,,;;'],
    ['accept', 'a/b;'.repeat(2000)],
    ['accept-language', 'de;q='.repeat(2000)],
    ['content-type', 'application/json;'.repeat(500)],
    ['x-csrftoken', '\u00ff'.repeat(100)],
  ])('answers somebody whose %s is strange', async (name, value) => {
    for (const row of ['GET users/me/', 'POST users/', 'OPTIONS users/', 'GET ?page=\u0000&format=json']) {
      const { status } = await site.call(row, { headers: { [name]: value } })
      expect([row, status < 500]).toEqual([row, true])
    }
  })

  it('logs no fault for any of it', async () => {
    await site.auth.flush()
    expect(faults).toEqual([])
  })
})
