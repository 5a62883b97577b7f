import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, logIn, newestCode, refusalOf } from '../../test/support/accounts.ts'
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
})
