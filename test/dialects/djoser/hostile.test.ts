import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOSTILE_VALUES } from '../../support/members.ts'
import {
  faultsOf,
  HOSTILE_JSON,
  IMPOSSIBLE,
  STRANGE_HEADERS,
  TYPES_OF_HUGE_BODIES,
  UNREADABLE_TYPES,
} from '../drf/support/hostile-bodies.ts'
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

  it.each(HOSTILE_JSON)('refuses a JSON body that is %s, or takes it for an empty one', async (_, body) => {
    const answer = await send(endpoint, { body, headers: { 'content-type': 'application/json' } })
    expect(answer.status).toBeLessThan(500)
    if (!endpoint.row.includes('PUT') && !endpoint.row.includes('PATCH')) expect(faultsOf(answer)).toEqual([])
  })

  it.each(TYPES_OF_HUGE_BODIES)('refuses 10 MB of %j', async (type) => {
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

  it.each(UNREADABLE_TYPES)('is not at a loss with a body said to be %s', async (type) => {
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

  it.each(STRANGE_HEADERS)('answers somebody whose %s is strange', async (name, value) => {
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
