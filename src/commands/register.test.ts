import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, logIn, newestCode, refusalOf } from '../../test/support/accounts.ts'
import { openStore } from '../../test/support/open-store.ts'
import { replacedStore } from '../../test/support/replaced-store.ts'
import { testAuth } from '../../test/support/test-auth.ts'

const ann = { username: 'ann', email: 'ann@example.org', password: GOOD_PASSWORD }

describe('register', () => {
  it('lets nobody in before the address is proven', async () => {
    const site = testAuth()
    expect((await site.auth.register(ann)).status).toBe('verification_required')
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBe('invalid_credentials')
    await site.auth.activate({ code: await newestCode(site, ann.email) })
    expect((await logIn(site.auth, 'ann')).user.emailVerifiedAt).not.toBeNull()
  })

  it('answers for a taken address as for a free one, and tells the owner', async () => {
    const site = testAuth()
    await activeUser(site)
    const taken = await site.auth.register({ ...ann, username: 'mallory' })
    const free = await site.auth.register({ username: 'bob', email: 'bob@example.org', password: GOOD_PASSWORD })
    expect({ ...taken, user: Object.keys(taken.user) }).toEqual({ ...free, user: Object.keys(free.user) })
    expect(taken.user).toMatchObject({ username: 'mallory', email: ann.email, status: 'pending' })
    expect(Number(free.user.id) - Number(taken.user.id)).toBe(1)
    await site.auth.flush()
    const toOwner = site.mailer.sent.filter(({ to }) => to === ann.email)
    expect(toOwner).toHaveLength(2)
    expect(toOwner[1]?.text).not.toContain('code=')
  })

  it('holds the name of a registration for a taken address like any other name', async () => {
    const site = testAuth()
    await activeUser(site)
    await site.auth.register({ ...ann, username: 'mallory' })
    await expect(
      site.auth.register({ username: 'mallory', email: 'new@example.org', password: GOOD_PASSWORD }),
    ).rejects.toMatchObject({ code: 'validation_failed', details: { fields: { username: [{ code: 'taken' }] } } })
  })

  it('lets the owner of an address start afresh where somebody else never confirmed it', async () => {
    const site = testAuth()
    await site.auth.register({ ...ann, username: 'squatter', password: 'the squatter knows this' })
    const squattersCode = await newestCode(site, ann.email)
    await site.auth.register(ann)
    await site.auth.activate({ code: await newestCode(site, ann.email) })
    expect(await refusalOf(site.auth.activate({ code: squattersCode }))).toBe('code_invalid')
    expect(await refusalOf(logIn(site.auth, ann.email, 'the squatter knows this'))).toBe('invalid_credentials')
    expect((await logIn(site.auth, ann.email)).user.username).toBe('ann')
  })

  it('gathers the complaints about every field', async () => {
    const { auth } = testAuth()
    await expect(auth.register({ username: 'a b', email: 'not an address', password: 'kx7#q' })).rejects.toMatchObject({
      details: {
        fields: {
          username: [{ code: 'username_invalid' }],
          email: [{ code: 'email_invalid' }],
          password: [{ code: 'password_too_short', params: { minLength: 8 } }],
        },
      },
    })
  })

  it('is closed by one option, and then hashes nothing', async () => {
    const { auth } = testAuth({ registration: { open: false } })
    expect(await refusalOf(auth.register(ann))).toBe('registration_closed')
    expect(await auth.findUser('ann')).toBeNull()
  })

  it('gives nobody rights or a status of their own choice', async () => {
    const { auth } = testAuth()
    const hostile = { ...ann, isStaff: true, isSuperuser: true, status: 'active', emailVerifiedAt: new Date(), id: 7 }
    await auth.register(hostile)
    expect(await auth.findUser('ann')).toMatchObject({
      id: 1,
      isStaff: false,
      isSuperuser: false,
      status: 'pending',
      emailVerifiedAt: null,
    })
  })

  it('tells what is wrong with the password, its repetition and a taken name together, before it hashes', async () => {
    const site = testAuth()
    await activeUser(site)
    const input = { username: 'ANN', email: 'x', password: '1234', passwordAgain: '12345' }
    await expect(site.auth.register(input)).rejects.toMatchObject({
      details: {
        fields: {
          username: [{ code: 'taken' }],
          email: [{ code: 'email_invalid' }],
          password: [
            { code: 'password_too_short' },
            { code: 'password_too_common' },
            { code: 'password_entirely_numeric' },
          ],
          passwordAgain: [{ code: 'differs' }],
        },
      },
    })
    const nothing = { username: undefined, email: undefined, password: undefined, passwordAgain: null } as never
    await expect(site.auth.register(nothing)).rejects.toMatchObject({
      details: {
        fields: {
          username: [{ code: 'required' }],
          email: [{ code: 'required' }],
          password: [{ code: 'required' }],
          passwordAgain: [{ code: 'differs' }],
        },
      },
    })
  })

  it('finds a taken name before the application is asked and anything is hashed', async () => {
    const asked: unknown[] = []
    const site = testAuth({ hooks: { beforeRegister: ({ username }) => void asked.push(username) } })
    await activeUser(site)
    expect(await refusalOf(site.auth.register({ ...ann, email: 'other@example.org' }))).toBe('validation_failed')
    expect(asked).toEqual(['ann'])
  })

  it('holds a name no longer than a registration that nobody confirms', async () => {
    const site = testAuth()
    await site.auth.register({ ...ann, email: 'squatter@example.org' })
    expect(await refusalOf(site.auth.register(ann))).toBe('validation_failed')
    site.clock.advance({ days: 7, seconds: 1 })
    expect((await site.auth.register(ann)).user.username).toBe('ann')
  })

  it('lets a door ask for an activation that the configuration does not, and never the other way round', async () => {
    const lax = testAuth({ login: { emailMustBeVerified: false } })
    expect((await lax.auth.register(ann)).status).toBe('active')
    const bob = { ...ann, username: 'bob', email: 'bob@example.org' }
    expect((await lax.auth.register({ ...bob, activation: 'mailed' })).status).toBe('verification_required')
    expect(await refusalOf(logIn(lax.auth, 'bob'))).toBe('invalid_credentials')
    const strict = testAuth()
    expect((await strict.auth.register({ ...ann, activation: 'none' })).status).toBe('verification_required')
    expect(await strict.auth.findUser('ann')).toMatchObject({ status: 'pending' })
  })

  it('lets somebody without an address in at once, and nobody with one that is not proven', async () => {
    const site = testAuth({ user: { email: 'optional' }, login: { emailMustBeVerified: true } })
    const { auth } = site
    expect((await auth.register({ username: 'nell', password: GOOD_PASSWORD })).status).toBe('active')
    expect((await logIn(auth, 'nell')).user).toMatchObject({ email: null, emailVerifiedAt: null })
    expect((await auth.register(ann)).status).toBe('verification_required')
    expect(await refusalOf(logIn(auth, 'ann'))).toBe('invalid_credentials')
    const { id } = (await auth.activate({ code: await newestCode(site, ann.email) })).user
    expect((await logIn(auth, 'ann')).user.id).toBe(id)
  })

  it('logs in who is active at once, where that is asked for, and counts that as no log-in', async () => {
    const site = testAuth({ login: { emailMustBeVerified: false } })
    expect((await site.auth.register(ann)).issued).toBeNull()
    const bob = { ...ann, username: 'bob', email: 'bob@example.org', carrier: 'token' } as const
    const { issued, user } = await site.auth.register(bob)
    expect(issued?.session).toMatchObject({ assurance: 'password', backend: 'registration', userId: user.id })
    const headers = { authorization: `Bearer ${issued?.token}` }
    const session = await site.auth.authenticate(new Request('https://acme.test/', { headers }))
    expect(session?.user).toMatchObject({ username: 'bob', lastLoginAt: null })
  })

  it('begins no session for who must confirm the address first', async () => {
    const site = testAuth()
    expect(await site.auth.register({ ...ann, carrier: 'token' })).toMatchObject({
      status: 'verification_required',
      issued: null,
    })
  })

  it('begins no session for a taken address, neither for its owner nor for anybody else', async () => {
    const { factory, store } = openStore()
    const site = testAuth({ store: factory, login: { emailMustBeVerified: false } })
    const owner = await activeUser(site)
    const taken = await site.auth.register({ ...ann, username: 'mallory', carrier: 'token' })
    expect(taken).toMatchObject({ status: 'active', issued: null, user: { username: 'mallory', email: ann.email } })
    for (const { id } of [owner, taken.user]) {
      expect(await store.sessions.listForUser(id, site.clock.now())).toEqual([])
    }
  })

  it('registers, and begins no session, where the application refuses a log-in', async () => {
    const hooks = { beforeLogin: () => ({ refuse: 'Not on Sundays.' }) }
    const site = testAuth({ login: { emailMustBeVerified: false }, hooks })
    expect((await site.auth.register({ ...ann, carrier: 'token' })).issued).toBeNull()
    expect(await site.auth.findUser('ann')).toMatchObject({ status: 'active' })
  })

  it('does the same work for a taken address and a free one, where nobody must confirm theirs', async () => {
    const calls: string[] = []
    const store = replacedStore(({ outbox }) => ({
      outbox: {
        ...outbox,
        insert(row) {
          calls.push('mail')
          return outbox.insert(row)
        },
      },
    }))
    const site = testAuth({ store, login: { emailMustBeVerified: false } })
    const mailsOf = async (work: Promise<unknown>): Promise<number> => {
      calls.length = 0
      await work
      return calls.length
    }
    expect(await mailsOf(site.auth.register(ann))).toBe(2)
    expect(await mailsOf(site.auth.register({ ...ann, username: 'mallory' }))).toBe(2)
  })
})
