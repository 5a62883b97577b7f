/** Section 2, the row of register; E1 of section 3; section 4; K9 and K10 of section 10. */
import { describe, expect, it } from 'vitest'
import { field } from '../../../src/model/declare-field.ts'
import { told } from '../drf/support/answer.ts'
import { type DjmongoauthSite, djmongoauthSites, empty, PASSWORD, refused } from './support/djmongoauth-site.ts'

const newSite = djmongoauthSites()

const ANN = { username: 'ann', email: 'ann@example.org', password: PASSWORD }

const register = async (site: DjmongoauthSite, json: unknown): Promise<readonly [number, unknown]> =>
  told(await site.call('POST register', { json }))

describe('§2 register', () => {
  it('answers 201 without a body', async () => {
    expect(empty(await newSite().call('POST register', { json: ANN }))).toBe(201)
  })

  it('E1: stores a hash and an address that is not proven, mails nothing, and logs nobody in', async () => {
    const site = newSite()
    await register(site, ANN)
    const [stored] = await site.store.users.findByIdentifier('ann', ['username'], 1)
    expect(stored).toMatchObject({ username: 'ann', email: ANN.email, emailVerifiedAt: null, status: 'active' })
    expect(stored?.passwordHash).toMatch(/^argon2/)
    expect(await site.mails()).toEqual([])
    expect(await site.store.sessions.listForUser(stored?.id ?? 0, site.clock.now())).toEqual([])
    expect(await site.tokenOf('ann')).toMatch(/^\S+$/)
  })

  it('refuses a name that somebody has, in whatever case', async () => {
    const site = newSite()
    await register(site, ANN)
    for (const username of ['ann', 'ANN']) {
      const json = { ...ANN, username, email: 'other@example.org' }
      expect(await register(site, json)).toEqual(refused('Username or email has already been registered'))
    }
  })

  it('does not tell that somebody has an address; the owner is told, and nobody can log in with it', async () => {
    const site = newSite()
    await register(site, ANN)
    expect(empty(await site.call('POST register', { json: { ...ANN, username: 'eve' } }))).toBe(201)
    expect((await site.mails()).map(({ to }) => to)).toEqual([ANN.email])
    const login = await site.call('POST login', { json: { username: 'eve', password: PASSWORD } })
    expect(told(login)).toEqual(refused('Password is incorrect for user eve'))
  })

  it('refuses such an address in the same words where the site says so', async () => {
    const site = newSite({ door: { dangerouslyTellTakenAddresses: true } })
    await register(site, ANN)
    const again = await register(site, { ...ANN, username: 'eve' })
    expect(again).toEqual(refused('Username or email has already been registered'))
  })

  it('where addresses must be proven, mails the link at once, and lets nobody in before', async () => {
    const site = newSite({ login: { emailMustBeVerified: true } })
    expect(empty(await site.call('POST register', { json: ANN }))).toBe(201)
    const logIn = () => site.call('POST login', { json: ANN })
    expect((await logIn()).status).toBe(400)
    expect(empty(await site.call(`PUT verify?a=${await site.mailedCode()}`))).toBe(200)
    expect((await logIn()).status).toBe(200)
  })
})

describe('§10 K9: a key that is missing', () => {
  it.each(['username', 'email', 'password'] as const)('%s: is named, instead of a 500', async (key) => {
    const { [key]: _, ...rest } = ANN
    expect(await register(newSite(), rest)).toEqual(refused(`'${key}'`))
  })

  it('of several the first is named', async () => {
    expect(await register(newSite(), {})).toEqual(refused("'username'"))
  })

  it.each(['', '{', '[]', 'null', '"text"', '1'])('a body that is no object is a 400: %s', async (body) => {
    expect(told(await newSite().call('POST register', { body }))).toEqual(refused('The request could not be read.'))
  })
})

describe('§4 and K10: what the original takes and this door does not', () => {
  it.each([
    [{ username: '' }, 'username: This is required.'],
    [{ username: null }, 'username: This is required.'],
    [{ username: 7 }, 'username: This must be text.'],
    [{ username: 'x'.repeat(200) }, 'username: Use at most 150 characters.'],
    [{ username: 'a&b' }, 'username: Use letters and digits of one alphabet and the characters . + - _ only.'],
    [{ email: 'bad' }, 'email: Enter a valid e-mail address.'],
    [{ email: 7 }, 'email: This must be text.'],
    [{ email: `${'x'.repeat(300)}@example.org` }, 'email: This is too long.'],
    [{ password: '' }, 'password: This is required.'],
    [{ password: null }, 'password: This is required.'],
    [{ password: 'short' }, 'password: Use a password of at least 8 characters.'],
    [{ password: ['x'] }, 'password: This must be text.'],
  ])('%j is refused, in words', async (changes, text) => {
    const site = newSite()
    expect(await register(site, { ...ANN, ...changes })).toEqual(refused(text))
    expect(await site.auth.findUser('ann')).toBeNull()
  })

  it('an address may be null or blank only where the site makes it optional', async () => {
    const optional = newSite()
    expect((await register(optional, { ...ANN, email: null }))[0]).toBe(201)
    const required = newSite({ user: {} })
    for (const email of [null, '']) {
      expect(await register(required, { ...ANN, email })).toEqual(refused('email: This is required.'))
    }
  })

  it('keeps to the three keys and the fields that the application declared', async () => {
    const site = newSite({ user: { fields: { nickname: field.text({ maxLength: 20, default: '' }) } } })
    const json = { ...ANN, nickname: 'A.', status: 'disabled', isStaff: true, email_verified: true }
    expect((await register(site, json))[0]).toBe(201)
    expect(await site.auth.findUser('ann')).toMatchObject({
      fields: { nickname: 'A.' },
      isStaff: false,
      status: 'active',
      emailVerifiedAt: null,
    })
  })

  it('asks for no name where the model has none', async () => {
    const site = newSite({ user: { username: 'none' } })
    expect((await register(site, { email: ANN.email, password: PASSWORD }))[0]).toBe(201)
    expect((await site.call('POST login', { json: { username: ANN.email, password: PASSWORD } })).status).toBe(200)
  })

  it('is closed where registration is', async () => {
    const site = newSite({ registration: { open: false } })
    expect(await register(site, ANN)).toEqual(refused('Registration is closed.'))
  })
})
