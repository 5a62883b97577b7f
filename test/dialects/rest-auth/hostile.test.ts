import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sampleProvider } from '../../support/sample-provider.ts'
import { faultLogger, hostileSuite, strangeHeadersSuite } from '../drf/support/hostile-suite.ts'
import type { CallOptions } from '../drf/support/request.ts'
import { endpointsOf, MODES } from './support/endpoints.ts'
import { type RestAuthWorld, restAuthWorld } from './support/world.ts'

/** Where nothing is asked for an empty body is as good as any. */
const mayBeEmpty = (row: string): boolean => /^PATCH|resend/.test(row)

const COOKIES: readonly (readonly [string, string])[] = [
  ['cookie', `access=${'a.'.repeat(3000)}`],
  ['cookie', 'access=; refresh='],
  ['cookie', `access=eyJhbGciOiJub25lIn0.${btoa('{"user_id":1,"username":"ann"}')}.; refresh=%00`],
  ['authorization', `JWT ${'a.'.repeat(3000)}`],
  ['authorization', `JWT eyJhbGciOiJub25lIn0.${btoa('{"user_id":1,"username":"ann"}')}.`],
]

describe.each(Object.entries(MODES))('generation %s', (_, options) => {
  const { faults, logger } = faultLogger()
  let world: RestAuthWorld
  let credential: CallOptions
  let id: number

  beforeAll(async () => {
    world = restAuthWorld(options, { logger, social: { providers: [sampleProvider().factory] } })
    const member = await world.member('ann')
    id = member.id
    credential = options.useJwt ? { jwt: member.token } : { token: member.token }
  })

  // Some of it is a name, and a token of generation 0.9 is good for the old one alone.
  afterEach(() => world.store.users.update(id, { username: 'ann' }))

  afterAll(() => world.auth.close())

  describe.each(endpointsOf(options))('$row', (endpoint) => {
    const mayBeUnreadable = mayBeEmpty
    hostileSuite(endpoint, { world: () => world, credential: () => credential, mayBeEmpty, mayBeUnreadable })
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

  strangeHeadersSuite({
    world: () => world,
    rows: ['POST login/', 'POST logout/', 'POST token/refresh/', 'OPTIONS registration/'],
    ownRow: 'GET user/',
    more: COOKIES,
  })

  it('logs no fault for any of it', async () => {
    await world.auth.flush()
    expect(faults).toEqual([])
  })
})
