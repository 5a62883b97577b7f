/** The Portress API; every answer is checked against its OpenAPI document by the client: registration. */
import { describe, expect, it } from 'vitest'
import { ANN, apiWorlds, codesOf, PASSWORD } from '../support/api-world.ts'

const newWorld = apiWorlds()

describe('POST /register', () => {
  it('makes a user who must verify, and shows nothing but what users show', async () => {
    const { call } = await newWorld()
    const { status, body } = await call('POST /register', { json: { ...ANN, firstName: 'Ann', lastName: 'Lee' } })
    expect(status).toBe(201)
    expect(body).toEqual({
      user: {
        id: 1,
        username: 'ann',
        email: 'ann@example.org',
        emailVerified: false,
        firstName: 'Ann',
        lastName: 'Lee',
        dateJoined: '2026-03-01T12:00:00.000Z',
        lastLoginAt: null,
        isStaff: false,
        isSuperuser: false,
      },
      status: 'verification_required',
    })
  })

  it('says that the user is active where nothing must be verified', async () => {
    const { call, logIn } = await newWorld({ login: { emailMustBeVerified: false } })
    expect((await call('POST /register', { json: ANN })).body.status).toBe('active')
    expect((await logIn('ann')).status).toBe(200)
  })

  it('answers a taken address as a free one, and tells its owner', async () => {
    const { auth, call, addUser, mailer } = await newWorld()
    await addUser('ann')
    const free = await call('POST /register', { json: { ...ANN, username: 'eve', email: 'eve@example.org' } })
    const taken = await call('POST /register', { json: { ...ANN, username: 'mal', email: 'ANN@example.org' } })
    expect(taken.status).toBe(free.status)
    expect([...taken.headers]).toEqual([...free.headers])
    const expected = { ...free.body.user, id: 3, username: 'mal', email: 'ANN@example.org' }
    expect(taken.body).toEqual({ ...free.body, user: expected })
    await auth.flush()
    // Mails that are due together leave together, in no order.
    expect(Object.fromEntries(mailer.sent.map(({ to, subject }) => [to, subject]))).toEqual({
      'eve@example.org': 'Confirm your e-mail address for Acme',
      'ann@example.org': 'You already have an account at Acme',
    })
  })

  it('refuses a taken name, in whatever case', async () => {
    const { call, addUser } = await newWorld()
    await addUser('ann')
    const { status, body } = await call('POST /register', { json: { ...ANN, username: 'ANN', email: 'a@example.org' } })
    expect([status, body.errors]).toEqual([400, { username: [{ code: 'taken', message: 'This is already taken.' }] }])
  })

  it('gathers what is wrong with every field', async () => {
    const { call } = await newWorld()
    const json = { username: 'a b', email: 'nowhere', password: '12345', firstName: 'a\nb', lastName: 'x'.repeat(151) }
    const { body } = await call('POST /register', { json })
    expect(codesOf(body)).toEqual({
      username: ['username_invalid'],
      email: ['email_invalid'],
      password: ['password_too_short', 'password_too_common', 'password_entirely_numeric'],
      firstName: ['not_text'],
      lastName: ['too_long'],
    })
    expect(body.errors['lastName']).toEqual([
      { code: 'too_long', message: 'Use at most 150 characters.', params: { maxLength: 150 } },
    ])
  })

  it('never lets anybody give themselves rights', async () => {
    const { auth, call } = await newWorld()
    const rights = { isStaff: true, isSuperuser: true, status: 'active', emailVerifiedAt: '2026-01-01', id: 7 }
    const { status, body } = await call('POST /register', { json: { ...ANN, ...rights, fields: {}, profiles: {} } })
    expect(status).toBe(400)
    expect(codesOf(body)).toEqual(
      Object.fromEntries([...Object.keys(rights), 'fields', 'profiles'].map((name) => [name, ['unknown_field']])),
    )
    expect(await auth.findUser('ann')).toBeNull()
  })

  it('is closed where the configuration says so', async () => {
    const { call } = await newWorld({ registration: { open: false } })
    const { status, body } = await call('POST /register', { json: ANN })
    expect([status, body.code]).toEqual([403, 'registration_closed'])
  })

  it('lets a hook refuse in its own words', async () => {
    const { call } = await newWorld({ hooks: { beforeRegister: () => ({ refuse: 'Members only.' }) } })
    const { status, body } = await call('POST /register', { json: ANN })
    expect([status, body.code, body.detail]).toEqual([403, 'refused_by_hook', 'Members only.'])
  })

  it('follows the model: without user names, or with optional addresses', async () => {
    const nameless = await newWorld({ user: { username: 'none' } })
    expect((await nameless.call('POST /register', { json: { email: ANN.email, password: PASSWORD } })).status).toBe(201)
    const named = await nameless.call('POST /register', { json: ANN })
    expect(codesOf(named.body)).toEqual({ username: ['unknown_field'] })
    const addressless = await newWorld({ user: { email: 'optional' } })
    const { status, body } = await addressless.call('POST /register', { json: { ...ANN, email: null } })
    expect([status, body.user['email']]).toEqual([201, null])
  })

  it('gives UUIDs where the configuration says so', async () => {
    const { call } = await newWorld({ ids: 'uuid' })
    expect((await call('POST /register', { json: ANN })).body.user.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4/)
  })
})

describe('POST /email/verify and /email/verify/resend', () => {
  it('activates the user once, and lets them in from then on', async () => {
    const { call, logIn, mailedCode } = await newWorld()
    await call('POST /register', { json: ANN })
    expect((await logIn('ann')).body.code).toBe('invalid_credentials')
    const code = await mailedCode('ann@example.org')
    const { status, body } = await call('POST /email/verify', { json: { code } })
    expect([status, body.user['emailVerified']]).toEqual([200, true])
    expect((await logIn('ann')).status).toBe(200)
    const again = await call('POST /email/verify', { json: { code } })
    expect([again.status, again.body.code]).toEqual([400, 'code_invalid'])
  })

  it('mails another code, and answers alike for an address that nobody has', async () => {
    const { call, mailedCode, mailer } = await newWorld()
    await call('POST /register', { json: ANN })
    const first = await mailedCode('ann@example.org')
    const known = await call('POST /email/verify/resend', { json: { email: 'Ann@Example.org' } })
    const unknown = await call('POST /email/verify/resend', { json: { email: 'nobody@example.org' } })
    expect([known.status, [...known.headers]]).toEqual([202, [...unknown.headers]])
    expect(unknown.status).toBe(202)
    expect(await mailedCode('ann@example.org')).not.toBe(first)
    expect(mailer.sent).toHaveLength(2)
  })
})
