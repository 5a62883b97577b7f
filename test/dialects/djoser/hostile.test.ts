import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultLogger, hostileSuite, strangeHeadersSuite } from '../drf/support/hostile-suite.ts'
import { type DjoserSite, djoserSite } from './support/djoser-site.ts'
import { ENDPOINTS, TWICE } from './support/endpoints.ts'

const { faults, logger } = faultLogger()
let site: DjoserSite
let token: string

beforeAll(async () => {
  site = djoserSite({ djoser: TWICE, logger })
  token = (await site.member('ann')).token
})

afterAll(() => site.auth.close())

describe.each(ENDPOINTS)('$row', (endpoint) => {
  hostileSuite(endpoint, {
    world: () => site,
    credential: () => ({ token }),
    mayBeEmpty: (row) => /^(PUT|PATCH)/.test(row),
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

  strangeHeadersSuite({
    world: () => site,
    rows: ['POST users/', 'OPTIONS users/', 'GET ?page=\u0000&format=json'],
    ownRow: 'GET users/me/',
  })

  it('logs no fault for any of it', async () => {
    await site.auth.flush()
    expect(faults).toEqual([])
  })
})
