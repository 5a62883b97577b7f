import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, newestCode, refusalOf } from '../../test/support/accounts.ts'
import { bearer } from '../../test/support/members.ts'
import { openStore } from '../../test/support/open-store.ts'
import { testAuth } from '../../test/support/test-auth.ts'
import { quickHasher } from '../testing/quick-hasher.ts'

const ann = { username: 'ann', email: 'ann@example.org', password: GOOD_PASSWORD }

const NO_WAITING = { login: { emailMustBeVerified: false } } as const

describe('register, as a door may ask for it', () => {
  it('begins a session with a cookie beside the one of the carrier, and none alone', async () => {
    const { auth } = testAuth(NO_WAITING)
    const { issued, cookie } = await auth.register({ ...ann, carrier: 'user-token', withCookie: true })
    expect([issued?.session.carrier, cookie?.session.carrier]).toEqual(['user-token', 'cookie'])
    expect(await auth.authenticate(bearer({ token: cookie?.token ?? '' }))).toMatchObject({ user: { username: 'ann' } })
    const bob = { ...ann, username: 'bob', email: 'bob@example.org', withCookie: true }
    expect(await auth.register(bob)).toMatchObject({ issued: null, cookie: null })
  })

  it('asks for an address that the model does without, beside everything else that is wrong', async () => {
    const { auth } = testAuth({ ...NO_WAITING, user: { email: 'optional' } })
    const { username, password } = ann
    await expect(auth.register({ username, password, emailRequired: true })).rejects.toMatchObject({
      details: { fields: { email: [{ code: 'required' }] } },
    })
    await expect(auth.register({ username, password: '123', emailRequired: true })).rejects.toMatchObject({
      details: { fields: { email: [{ code: 'required' }], password: expect.anything() } },
    })
    await expect(auth.register({ username, password, email: 'x', emailRequired: true })).rejects.toMatchObject({
      details: { fields: { email: [{ code: 'email_invalid' }] } },
    })
    expect((await auth.register({ username, password })).user.email).toBeNull()
  })

  it('begins neither session for who must confirm the address first', async () => {
    const { auth } = testAuth()
    const registered = await auth.register({ ...ann, carrier: 'user-token', withCookie: true })
    expect(registered).toMatchObject({ status: 'verification_required', issued: null, cookie: null })
  })

  it('makes a user without a password, whom no password lets in', async () => {
    const { factory, store } = openStore()
    const site = testAuth({ ...NO_WAITING, store: factory })
    const { username, email } = ann
    const { user } = await site.auth.register({ username, email, withoutPassword: true })
    expect((await store.users.findById(user.id))?.passwordHash).toBeNull()
    for (const password of ['', ' ', 'null', GOOD_PASSWORD]) {
      expect(await refusalOf(site.auth.login({ identifier: 'ann', password }))).not.toBeNull()
    }
  })

  it('looks at no password of a user without one', async () => {
    const { factory, store } = openStore()
    const site = testAuth({ ...NO_WAITING, store: factory })
    const { user } = await site.auth.register({ ...ann, password: '1', withoutPassword: true })
    expect((await store.users.findById(user.id))?.passwordHash).toBeNull()
  })

  it('lets a user without a password choose one by mail', async () => {
    const site = testAuth(NO_WAITING)
    const { username, email } = ann
    await site.auth.register({ username, email, withoutPassword: true })
    await site.auth.requestPasswordReset({ email })
    await site.auth.confirmPasswordReset({ code: await newestCode(site, email), newPassword: GOOD_PASSWORD })
    expect(await refusalOf(site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD }))).toBeNull()
  })

  it('needs a password of a length where there are no validators, and only there', async () => {
    const short = { ...ann, password: 'kx7#q', minLengthWithoutValidators: 6 }
    const passwords = { hasher: quickHasher() }
    const unjudged = testAuth({ ...NO_WAITING, passwords: { ...passwords, validators: [] } })
    await expect(unjudged.auth.register(short)).rejects.toMatchObject({
      details: { fields: { password: [{ code: 'password_too_short', params: { minLength: 6 } }] } },
    })
    expect(await refusalOf(unjudged.auth.register({ ...short, password: 'kx7#qs' }))).toBeNull()
    const lenient = { name: 'lenient', validate: () => [] }
    const judged = testAuth({ ...NO_WAITING, passwords: { ...passwords, validators: [lenient] } })
    expect(await refusalOf(judged.auth.register(short))).toBeNull()
  })

  it('makes up only such names as the caller takes, also where the first one is taken', async () => {
    const site = testAuth(NO_WAITING)
    await activeUser(site, 'zoe')
    const inventUsername = (name: string): boolean => name.length >= 3
    for (const email of ['zoe@example.com', 'bo@example.com']) {
      const { user } = await site.auth.register({ email, password: GOOD_PASSWORD, inventUsername })
      expect(user.username).toMatch(email.startsWith('zoe') ? /^zoe\d{2}$/ : /^bo\d{2}$/)
    }
    const nothingFits = { email: 'cy@example.com', password: GOOD_PASSWORD, inventUsername: () => false }
    expect(await refusalOf(site.auth.register(nothingFits))).toBe('validation_failed')
  })

  it('tells that an address is taken only where the caller wants that', async () => {
    const site = testAuth(NO_WAITING)
    await activeUser(site)
    const taken = { ...ann, username: 'mallory', email: 'ANN@example.org' }
    await expect(site.auth.register({ ...taken, dangerouslyTellTaken: true })).rejects.toMatchObject({
      details: { fields: { email: [{ code: 'taken' }] } },
    })
    expect(await refusalOf(site.auth.register(taken))).toBeNull()
  })
})
