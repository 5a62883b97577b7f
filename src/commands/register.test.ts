import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, logIn, newestCode, refusalOf } from '../../test/support/accounts.ts'
import { openStore } from '../../test/support/open-store.ts'
import { replacedStore } from '../../test/support/replaced-store.ts'
import { testAuth } from '../../test/support/test-auth.ts'
import { NO_RATE_LIMITS } from '../testing/test-options.ts'

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

describe('register without a user name', () => {
  const nameless = (email: string) => ({ email, password: GOOD_PASSWORD, inventUsername: true })

  it('makes one of the address, and puts digits behind it where somebody has that', async () => {
    const { auth } = testAuth()
    expect((await auth.register(nameless('Ann.Example+news@example.org'))).user.username).toBe('ann.example+news')
    expect((await auth.register(nameless('ann.example+news@example.net'))).user.username).toMatch(
      /^ann\.example\+news\d{2,}$/,
    )
  })

  it('does so only where that is asked for, and only for who says nothing at all', async () => {
    const { auth } = testAuth()
    const required = { code: 'validation_failed', details: { fields: { username: [{ code: 'required' }] } } }
    await expect(auth.register({ ...nameless('a@example.org'), inventUsername: false })).rejects.toMatchObject(required)
    for (const username of ['', null]) {
      await expect(auth.register({ ...nameless('b@example.org'), username })).rejects.toMatchObject(required)
    }
    const chosen = { ...nameless('c@example.org'), username: 'chosen' }
    expect((await auth.register(chosen)).user.username).toBe('chosen')
  })

  it('never takes a name that is reserved', async () => {
    const { auth } = testAuth({ user: { reservedUsernames: ['office'] } })
    expect((await auth.register(nameless('office@example.org'))).user.username).toMatch(/^office\d+$/)
    expect((await auth.register(nameless('admin@example.org'))).user.username).toMatch(/^admin\d+$/)
  })

  it('finds everybody a name who asks at once', async () => {
    const { auth } = testAuth()
    const all = Array.from({ length: 12 }, (_, index) => auth.register(nameless(`ann@host${index}.example`)))
    const names = (await Promise.all(all)).map(({ user }) => user.username)
    expect(new Set(names).size).toBe(12)
    expect(names.every((name) => /^ann\d*$/.test(name ?? ''))).toBe(true)
  })

  it('says nothing about a taken address either', async () => {
    const site = testAuth()
    await activeUser(site)
    const taken = await site.auth.register(nameless('ann@example.org'))
    expect(taken).toMatchObject({ status: 'verification_required', user: { email: 'ann@example.org' } })
    expect(taken.user.username).toMatch(/^ann\d+$/)
  })

  it('gives no name where users have none', async () => {
    const { auth } = testAuth({ user: { username: 'none' } })
    expect((await auth.register(nameless('ann@example.org'))).user.username).toBeNull()
  })

  it('refuses a bad address as ever', async () => {
    const { auth } = testAuth()
    for (const email of [undefined, null, 5, [], '\0@x', '\ud800@example.org', 'x'.repeat(100_000)]) {
      expect(await refusalOf(auth.register(nameless(email as string)))).toBe('validation_failed')
    }
  })
})

describe('register that tells of a taken address', () => {
  const frank = { ...ann, dangerouslyTellTaken: true }

  it('tells it with all other complaints, in any case, and mails nobody', async () => {
    const site = testAuth()
    await activeUser(site)
    site.mailer.clear()
    const input = { ...frank, username: 'a b', email: 'ANN@example.ORG', password: '1' }
    await expect(site.auth.register(input)).rejects.toMatchObject({
      code: 'validation_failed',
      details: { fields: { username: [{ code: 'username_invalid' }], email: [{ code: 'taken' }] } },
    })
    expect(await refusalOf(site.auth.register({ ...frank, username: 'mallory' }))).toBe('validation_failed')
    expect(await site.auth.findUser('mallory')).toBeNull()
    await site.auth.flush()
    expect(site.mailer.sent).toEqual([])
  })

  it('tells it of an address that is not proven where its user is active', async () => {
    const { auth } = testAuth({ login: { emailMustBeVerified: false } })
    await auth.register(ann)
    expect(await refusalOf(auth.register({ ...frank, username: 'mallory' }))).toBe('validation_failed')
  })

  it('lets the owner of an address start afresh where somebody else never confirmed it', async () => {
    const { auth } = testAuth()
    await auth.register({ ...ann, username: 'squatter' })
    expect((await auth.register(frank)).status).toBe('verification_required')
    expect(await auth.findUser('squatter')).toBeNull()
  })

  it('tells it to all but one who ask at once', async () => {
    const { auth } = testAuth({ login: { emailMustBeVerified: false } })
    const all = Array.from({ length: 6 }, (_, index) => refusalOf(auth.register({ ...frank, username: `ann${index}` })))
    const refusals = (await Promise.all(all)).filter((refusal) => refusal !== null)
    expect(refusals).toEqual(Array<string>(5).fill('validation_failed'))
  })

  it('tells nothing to whoever registers too often', async () => {
    const rateLimits = { ...NO_RATE_LIMITS, registrationsPerAddress: { count: 1, perSeconds: 60 } }
    const { auth } = testAuth({ rateLimits })
    await refusalOf(auth.register(frank))
    expect(await refusalOf(auth.register(frank))).toBe('rate_limited')
  })
})
