import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { HOSTILE_VALUES } from '../../support/members.ts'
import { sampleProvider } from '../../support/sample-provider.ts'
import type { Answer } from '../djoser/support/answer.ts'
import {
  faultsOf,
  HOSTILE_JSON,
  IMPOSSIBLE,
  STRANGE_HEADERS,
  TYPES_OF_HUGE_BODIES,
  UNREADABLE_TYPES,
} from '../drf/support/hostile-bodies.ts'
import { type Endpoint, endpointsOf, MODES } from './support/endpoints.ts'
import type { CallOptions } from './support/request.ts'
import { type RestAuthWorld, restAuthWorld } from './support/world.ts'

/** Where nothing is asked for an empty body is as good as any. */
const mayBeEmpty = ({ row }: Endpoint): boolean => /^PATCH|resend/.test(row)

const HUGE = new TextEncoder().encode(`{"username":"${'x'.repeat(10_000_000)}"}`)

describe.each(Object.entries(MODES))('generation %s', (_, options) => {
  const faults: unknown[] = []
  let world: RestAuthWorld
  let credential: CallOptions
  let id: number

  beforeAll(async () => {
    const logger = { debug() {}, info() {}, warn() {}, error: (...fault: unknown[]) => void faults.push(fault) }
    world = restAuthWorld(options, { logger, social: { providers: [sampleProvider().factory] } })
    const member = await world.member('ann')
    id = member.id
    credential = options.useJwt ? { jwt: member.token } : { token: member.token }
  })

  // Some of it is a name, and a token of generation 0.9 is good for the old one alone.
  afterEach(() => world.store.users.update(id, { username: 'ann' }))

  afterAll(() => world.auth.close())

  const send = ({ row, guard }: Endpoint, sent: CallOptions): Promise<Answer> =>
    world.call(row, guard === 'session' ? { ...credential, ...sent } : sent)

  describe.each(endpointsOf(options))('$row', (endpoint) => {
    const fields = Object.keys(endpoint.body)

    it.each(Object.entries(IMPOSSIBLE))('refuses %s in every field, in JSON', async (_what, value) => {
      for (const field of fields) {
        const answer = await send(endpoint, { json: { ...endpoint.body, [field]: value } })
        expect([field, faultsOf(answer)]).toEqual([field, []])
      }
    })

    it('is never at a loss, whatever stands in a field, or where it is missing', async () => {
      for (const field of fields) {
        const { [field]: _left, ...rest } = endpoint.body
        for (const value of [undefined, ...HOSTILE_VALUES]) {
          const { status } = await send(endpoint, { json: { ...rest, [field]: value } })
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

    it.each(HOSTILE_JSON)('refuses a JSON body that is %s, or takes it for an empty one', async (_what, body) => {
      const answer = await send(endpoint, { body, headers: { 'content-type': 'application/json' } })
      expect(answer.status).toBeLessThan(500)
      if (!mayBeEmpty(endpoint)) expect(faultsOf(answer)).toEqual([])
    })

    it.each(TYPES_OF_HUGE_BODIES)('refuses 10 MB of %j', async (type) => {
      const answer = await send(endpoint, { body: HUGE, headers: { 'content-type': type } })
      expect(faultsOf(answer)).toEqual([])
    })

    it('refuses a file in every field, and takes the last of two fields of one name', async () => {
      for (const field of fields) {
        const form = new FormData()
        for (const [name, value] of Object.entries(endpoint.body)) form.append(name, value)
        form.append(field, new Blob(['x']))
        expect([field, faultsOf(await send(endpoint, { body: form }))]).toEqual([field, []])
      }
    })

    it.each(UNREADABLE_TYPES)('is not at a loss with a body said to be %s', async (type) => {
      const answer = await send(endpoint, { body: '--x\r\n\r\n', headers: { 'content-type': type } })
      expect(answer.status).toBeLessThan(500)
      if (!mayBeEmpty(endpoint)) expect(faultsOf(answer)).toEqual([])
    })
  })

  const IDS = ['0', '-1', '9'.repeat(400), '%31', '1e1', '%00', '__proto__', '..%2f1', '１', '%F0%9F%92%A9']

  it.each(IDS)('socialaccounts/%s/disconnect/ is nobody’s', async (identity) => {
    const { status } = await world.call(`POST socialaccounts/${identity}/disconnect/`, credential)
    expect(status).toBe(404)
  })

  it.each(['%00', '%0d%0aset-cookie:a=b', '..%2f..', 'a'.repeat(5000), '$&', '<script>', '//evil.test'])(
    'the path for the key %s leads nowhere but to the site',
    async (key) => {
      const { status, headers } = await world.call(`GET registration/account-confirm-email/${key}/`)
      expect([301, 302, 404]).toContain(status)
      const location = headers.get('location') ?? '/'
      expect(new URL(location, 'https://acme.test').origin).toBe('https://acme.test')
    },
  )

  const COOKIES: readonly (readonly [string, string])[] = [
    ['cookie', `access=${'a.'.repeat(3000)}`],
    ['cookie', 'access=; refresh='],
    ['cookie', `access=eyJhbGciOiJub25lIn0.${btoa('{"user_id":1,"username":"ann"}')}.; refresh=%00`],
    ['authorization', `JWT ${'a.'.repeat(3000)}`],
    ['authorization', `JWT eyJhbGciOiJub25lIn0.${btoa('{"user_id":1,"username":"ann"}')}.`],
  ]

  it.each([...STRANGE_HEADERS, ...COOKIES])('answers somebody whose %s is strange', async (name, value) => {
    for (const row of ['GET user/', 'POST login/', 'POST logout/', 'POST token/refresh/', 'OPTIONS registration/']) {
      const { status } = await world.call(row, { headers: { [name]: value } })
      expect([row, status < 500]).toEqual([row, true])
    }
    expect((await world.call('GET user/', { headers: { [name]: value } })).status).toBeGreaterThanOrEqual(400)
  })

  it('logs no fault for any of it', async () => {
    await world.auth.flush()
    expect(faults).toEqual([])
  })
})
