import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { RestRegistrationOptions } from '../../../src/dialects/rest-registration/options.ts'
import { HOSTILE_VALUES } from '../../support/members.ts'
import { told } from '../drf/support/answer.ts'
import { faultLogger, hostileSuite, strangeHeadersSuite } from '../drf/support/hostile-suite.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { ENDPOINTS, TWICE } from './support/endpoints.ts'
import { askedForReset, FORGED } from './support/links.ts'
import { detail } from './support/words.ts'
import { type RestRegistrationWorld, restRegistrationWorld, restRegistrationWorlds } from './support/world.ts'

const newWorld = restRegistrationWorlds()

/** Where nothing is asked for an empty body is as good as any. */
const mayBeEmpty = (row: string): boolean => row.startsWith('PATCH')

const REDIRECTS = {
  verificationRedirects: {
    verifyRegistrationSuccessUrl: '/welcome/',
    verifyRegistrationFailureUrl: '/sorry/',
    verifyEmailSuccessUrl: '/welcome/',
    verifyEmailFailureUrl: '/sorry/',
    resetPasswordSuccessUrl: '/welcome/',
    resetPasswordFailureUrl: '/sorry/',
  },
} as const satisfies RestRegistrationOptions

const MODES: Readonly<Record<string, RestRegistrationOptions>> = {
  'links by id': { ...TWICE, ...REDIRECTS },
  'links by name': { ...TWICE, ...REDIRECTS, userVerificationIdField: 'username' },
}

describe.each(Object.entries(MODES))('%s', (_, options) => {
  const { faults, logger } = faultLogger()
  let world: RestRegistrationWorld
  let token: string
  let id: number
  let guests = 0

  beforeAll(async () => {
    world = restRegistrationWorld(options, { logger })
    ;({ token, id } = await world.member('ann'))
  })

  // Some of it is a name.
  afterEach(() => world.store.users.update(id, { username: 'ann' }))

  afterAll(() => world.auth.close())

  describe.each(ENDPOINTS)('$row', (endpoint) => {
    const mayBeUnreadable = mayBeEmpty
    hostileSuite(endpoint, { world: () => world, credential: () => ({ token }), mayBeEmpty, mayBeUnreadable })
  })

  it.each(HOSTILE_VALUES.map((value) => [value]))(
    'logout/ is not at a loss with %j for revoke_token',
    async (value) => {
      const { token: another } = await world.member(`guest${guests++}`)
      const { status } = await world.call('POST logout/', { token: another, json: { revoke_token: value } })
      expect(status).toBeLessThan(500)
    },
  )

  const QUERIES = [
    '',
    'user_id=%00&timestamp=1&signature=x',
    `user_id=1&timestamp=NaN&signature=${FORGED}`,
    `user_id=1&timestamp=1e400&signature=${FORGED}`,
    `user_id=1&user_id=2&timestamp=${'9'.repeat(400)}&signature=${FORGED}`,
    `user_id=%ff&timestamp=1&signature=${'A'.repeat(9000)}`,
    'user_id[toString]=1&timestamp[]=1&signature=__proto__',
    `next=//evil.test&user_id=1&timestamp=1&signature=${FORGED}`,
  ]

  it.each(QUERIES)('the redirect views lead to the failure page with ?%s', async (query) => {
    for (const path of ['verify-registration', 'verify-email']) {
      const { status, headers } = await world.call(`GET redirects/${path}/?${query}`)
      expect([path, status, headers.get('location')]).toEqual([path, 302, 'https://acme.test/sorry/'])
    }
  })

  strangeHeadersSuite({
    world: () => world,
    rows: ['POST login/', 'POST logout/', 'POST reset-password/', 'OPTIONS register/'],
    ownRow: 'GET profile/',
  })

  it('logs no fault for any of it', async () => {
    await world.auth.flush()
    expect(faults).toEqual([])
  })
})

describe('what nobody may set', () => {
  const PRIVILEGES = {
    id: 99,
    is_staff: true,
    is_superuser: true,
    is_active: true,
    isStaff: true,
    isSuperuser: true,
    status: 'active',
    date_joined: '2000-01-01T00:00:00Z',
    last_login: '2000-01-01T00:00:00Z',
    password_hash: 'x',
    emailVerifiedAt: '2000-01-01T00:00:00Z',
    groups: [1],
    user_permissions: [1],
  }

  const EVERYTHING = ['id', 'username', 'isStaff', 'isSuperuser', 'isActive', 'dateJoined', 'lastLoginAt', 'email']

  it.each([
    {},
    { userPublicFields: EVERYTHING },
    { userPublicFields: EVERYTHING, userEditableFields: ['username'] },
    { userHiddenFields: [] },
  ] as const)('W9: neither registration nor the profile writes a privilege, with %j', async (options) => {
    const world = newWorld(options)
    const json = { username: 'eve', email: 'eve@example.org', password: PASSWORD, password_confirm: PASSWORD }
    expect((await world.call('POST register/', { json: { ...PRIVILEGES, ...json } })).status).toBe(201)
    const registered = await world.stored('eve')
    expect(registered).toMatchObject({ isStaff: false, isSuperuser: false, status: 'pending', emailVerifiedAt: null })
    expect(registered.id).not.toBe(99)
    const { token } = await world.member('ann')
    const before = await world.stored('ann')
    for (const row of ['PATCH profile/', 'PUT profile/', 'POST profile/']) {
      const sent = { ...PRIVILEGES, username: 'ann', email: 'other@example.org', password: 'stolen-walrus-2' }
      expect((await world.call(row, { token, json: sent })).status).toBe(200)
    }
    expect(await world.stored('ann')).toEqual(before)
  })
})

describe('a link', () => {
  const ROWS = ['POST verify-registration/', 'POST reset-password/', 'POST verify-email/']

  it('opens nothing but what it is for, for nobody but whom it is for', async () => {
    const world = newWorld()
    await world.addUser('ann')
    const bob = await world.addUser('bob')
    const link = await askedForReset(world)
    const more = { password: OTHER_PASSWORD, email: 'ann@example.org' }
    for (const row of ROWS.filter((name) => !name.includes('reset'))) {
      expect([row, told(await world.call(row, { json: { ...link, ...more } }))]).toEqual([
        row,
        detail(400, 'Invalid signature'),
      ])
    }
    for (const user_id of [bob.id, '01', '1.0', '+1', 'ann', '999']) {
      const answer = await world.call('POST reset-password/', { json: { ...link, ...more, user_id } })
      expect([user_id, told(answer)]).toEqual([user_id, detail(400, 'Invalid signature')])
    }
    expect((await world.call('POST reset-password/', { json: { ...link, ...more } })).status).toBe(200)
  })

  it('is good for one of however many who use it at once', async () => {
    const world = newWorld()
    await world.addUser('ann')
    const link = await askedForReset(world)
    const passwords = Array.from({ length: 8 }, (_, index) => `plum-tart-${index}-breakfast`)
    const answers = await Promise.all(
      passwords.map((password) => world.call('POST reset-password/', { json: { ...link, password } })),
    )
    const good = answers.map(({ status }) => status).filter((status) => status === 200)
    expect(good).toHaveLength(1)
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
  })
})
