import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, newestCode, refusalOf } from '../../test/support/accounts.ts'
import { openStore } from '../../test/support/open-store.ts'
import { type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import { NO_RATE_LIMITS } from '../testing/test-options.ts'

const EMAIL = 'ann@example.org'

const ann = { username: 'ann', email: EMAIL, password: GOOD_PASSWORD }

const JUNK: readonly unknown[] = [
  null,
  '',
  'MQ',
  '-1',
  ' 1',
  '01',
  0,
  -1,
  1.5,
  Number.NaN,
  1e300,
  true,
  [1],
  { id: 1 },
  '9'.repeat(100_000),
  '\0',
  '\ud800',
  4711,
]

/** What is told of a refusal. */
async function refusal(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
    return null
  } catch (error) {
    const { code, details } = error as { readonly code: string; readonly details: object }
    return [code, details]
  }
}

const PLAIN = ['code_invalid', {}]
const UNKNOWN_USER = ['code_invalid', { reason: 'user_unknown' }]
const ALREADY_ACTIVE = ['code_invalid', { reason: 'already_active' }]

async function registered(site: TestAuth): Promise<{ readonly id: number | string; readonly code: string }> {
  const { user } = await site.auth.register(ann)
  return { id: user.id, code: await newestCode(site, EMAIL) }
}

describe('activate', () => {
  it('takes the code of the user that is named, also by the text of the id', async () => {
    const site = testAuth()
    const { id, code } = await registered(site)
    expect((await site.auth.activate({ code, userId: String(id) })).user).toMatchObject({ id, status: 'active' })
  })

  it('says of a user whom there is not that there is none, in whatever form, and before it looks at the code', async () => {
    const site = testAuth()
    const { code } = await registered(site)
    for (const userId of JUNK) {
      expect(await refusal(site.auth.activate({ code, userId: userId as never })), String(userId)).toEqual(UNKNOWN_USER)
      expect(await refusal(site.auth.activate({ code: 'x', userId: userId as never }))).toEqual(UNKNOWN_USER)
    }
    expect(await site.auth.findUser('ann')).toMatchObject({ status: 'pending' })
    expect((await site.auth.activate({ code })).user.status).toBe('active')
  })

  it('refuses the code of another user without using it up', async () => {
    const site = testAuth()
    const bob = await activeUser(site, 'bob')
    const { id, code } = await registered(site)
    expect(await refusal(site.auth.activate({ code, userId: bob.id }))).toEqual(PLAIN)
    expect(await refusal(site.auth.activate({ code: 'A'.repeat(43), userId: id }))).toEqual(PLAIN)
    expect((await site.auth.activate({ code, userId: id })).user.status).toBe('active')
  })

  it('counts what names nobody like any other miss', async () => {
    const site = testAuth({ rateLimits: { ...NO_RATE_LIMITS, codesPerAddress: { count: 2, perSeconds: 60 } } })
    const asked = (): Promise<string | null> => refusalOf(site.auth.activate({ code: 'x', userId: 4711 }))
    expect([await asked(), await asked(), await asked()]).toEqual(['code_invalid', 'code_invalid', 'rate_limited'])
  })

  it('tells a code that was used from one that never was, and once it would have expired says that', async () => {
    const site = testAuth()
    const { id, code } = await registered(site)
    const bob = await activeUser(site, 'bob')
    await site.auth.activate({ code })
    expect(await refusal(site.auth.activate({ code }))).toEqual(ALREADY_ACTIVE)
    expect(await refusal(site.auth.activate({ code, userId: id }))).toEqual(ALREADY_ACTIVE)
    expect(await refusal(site.auth.activate({ code, userId: bob.id }))).toEqual(PLAIN)
    site.clock.advance({ days: 7 })
    expect(await refusal(site.auth.activate({ code }))).toEqual(['code_invalid', { reason: 'expired' }])
    expect(await refusal(site.auth.activate({ code, userId: bob.id }))).toEqual(PLAIN)
  })

  it('activates nobody with a used code, whatever became of the user', async () => {
    const site = testAuth()
    const { id, code } = await registered(site)
    await site.auth.activate({ code })
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    expect(await refusal(site.auth.activate({ code }))).toEqual(PLAIN)
    expect(await site.auth.findUserById(id)).toMatchObject({ status: 'disabled' })
  })

  it('keeps the mark of a used code no longer than codes are kept', async () => {
    const site = testAuth()
    const { code } = await registered(site)
    await site.auth.activate({ code })
    expect((await site.auth.cleanUp()).codes).toBe(0)
    site.clock.advance({ days: 14 })
    expect((await site.auth.cleanUp()).codes).toBe(0)
    site.clock.advance({ seconds: 1 })
    expect((await site.auth.cleanUp()).codes).toBe(1)
    expect(await refusal(site.auth.activate({ code }))).toEqual(PLAIN)
  })

  it('says the same of a good code that has nothing left to do', async () => {
    const { factory, store } = openStore()
    const site = testAuth({ store: factory })
    const { id, code } = await registered(site)
    await store.users.update(id, { status: 'active', emailVerifiedAt: site.clock.now() })
    expect(await refusal(site.auth.activate({ code }))).toEqual(ALREADY_ACTIVE)
  })

  it('lets a second link be unknown once the first was used', async () => {
    const site = testAuth()
    const { code } = await registered(site)
    await site.auth.resendActivation({ email: EMAIL })
    const second = await newestCode(site, EMAIL)
    await site.auth.activate({ code: second })
    expect(await refusal(site.auth.activate({ code }))).toEqual(PLAIN)
  })

  it('begins a session with a cookie beside the one of the carrier', async () => {
    const site = testAuth()
    const { code } = await registered(site)
    const { issued, cookie } = await site.auth.activate({ code, carrier: 'user-token', withCookie: true })
    expect([issued?.session.carrier, cookie?.session.carrier]).toEqual(['user-token', 'cookie'])
  })

  it('logs in only where that is asked for, and counts as no log-in', async () => {
    const loggedIn: unknown[] = []
    const site = testAuth({ events: { userLoggedIn: ({ session }) => void loggedIn.push(session) } })
    const quiet = await site.auth.activate({ code: (await registered(site)).code })
    expect([quiet.issued, loggedIn]).toEqual([null, []])
    await site.auth.register({ ...ann, username: 'bob', email: 'bob@example.org' })
    const code = await newestCode(site, 'bob@example.org')
    const { issued, user } = await site.auth.activate({ code, carrier: 'token' })
    expect(issued?.session).toMatchObject({ carrier: 'token', assurance: 'mailed-code', backend: 'activation' })
    expect(user.lastLoginAt).toBeNull()
    expect(loggedIn).toHaveLength(1)
    const headers = { authorization: `Bearer ${issued?.token}` }
    const session = await site.auth.authenticate(new Request('https://acme.test/', { headers }))
    expect(session?.user).toMatchObject({ username: 'bob', lastLoginAt: null })
  })

  it('logs nobody in who was active before', async () => {
    const site = testAuth({ login: { emailMustBeVerified: false } })
    const { code } = await registered(site)
    const { user, issued } = await site.auth.activate({ code, carrier: 'token' })
    expect([user.status, user.emailVerifiedAt, issued]).toEqual(['active', site.clock.now(), null])
  })

  it('logs in who was active before where that is asked for, and by one link only once', async () => {
    const site = testAuth({ login: { emailMustBeVerified: false } })
    const { code } = await registered(site)
    const input = { code, carrier: 'token', dangerouslyLogInActive: true } as const
    const { user, issued } = await site.auth.activate(input)
    expect([user.emailVerifiedAt, issued?.session.assurance]).toEqual([site.clock.now(), 'mailed-code'])
    expect(await refusal(site.auth.activate(input))).toEqual(ALREADY_ACTIVE)
  })

  it('activates, and logs nobody in, where the application refuses a log-in', async () => {
    const site = testAuth({ hooks: { beforeLogin: () => ({ refuse: 'Not on Sundays.' }) } })
    const { code } = await registered(site)
    const { user, issued } = await site.auth.activate({ code, carrier: 'token' })
    expect([user.status, issued]).toEqual(['active', null])
  })
})
