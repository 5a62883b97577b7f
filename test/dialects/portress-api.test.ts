import { describe, expect, it } from 'vitest'
import { apiWorlds, codesOf, OTHER_PASSWORD, PASSWORD } from '../support/api-world.ts'

// Every answer in these tests is checked against the OpenAPI document by the client.

const newWorld = apiWorlds()

const ANN = { username: 'ann', email: 'ann@example.org', password: PASSWORD }

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

describe('POST /login', () => {
  it.each(['ann', 'ANN', 'ann@example.org', 'Ann@EXAMPLE.org', ' ann '])('knows the user by %j', async (identifier) => {
    const { addUser, logIn } = await newWorld()
    await addUser('ann')
    const { status, body } = await logIn(identifier)
    expect([status, body.user['username']]).toEqual([200, 'ann'])
  })

  it('answers the same for a wrong password, an unknown name, and a lock', async () => {
    const { addUser, call, logIn } = await newWorld()
    await addUser('ann')
    const wrong = await call('POST /login', { json: { identifier: 'ann', password: OTHER_PASSWORD } })
    const unknown = await call('POST /login', { json: { identifier: 'nobody', password: OTHER_PASSWORD } })
    await call('POST /login', { json: { identifier: 'ann', password: OTHER_PASSWORD } })
    await call('POST /login', { json: { identifier: 'ann', password: OTHER_PASSWORD } })
    const locked = await logIn('ann')
    expect(wrong.body).toMatchObject({ status: 401, code: 'invalid_credentials' })
    for (const other of [unknown, locked]) {
      expect([other.status, other.text, [...other.headers]]).toEqual([wrong.status, wrong.text, [...wrong.headers]])
    }
  })

  it('tells of the lock and of the status only where the configuration reveals them', async () => {
    const { auth, addUser, call, logIn } = await newWorld({ login: { revealLocks: true, revealStatus: true } })
    await call('POST /register', { json: { ...ANN, username: 'new', email: 'new@example.org' } })
    expect((await logIn('new')).body).toMatchObject({ status: 403, code: 'user_not_active' })
    await addUser('bob')
    for (let guess = 0; guess < 3; guess += 1) {
      await call('POST /login', { json: { identifier: 'bob', password: OTHER_PASSWORD } })
    }
    const locked = await logIn('bob')
    expect([locked.status, locked.body.code, locked.headers.get('retry-after')]).toEqual([429, 'locked_out', '60'])
    await auth.flush()
  })

  it('lets a hook refuse', async () => {
    const { addUser, logIn } = await newWorld({ hooks: { beforeLogin: () => ({ refuse: 'Not on Sundays.' }) } })
    await addUser('ann')
    expect((await logIn('ann')).body).toMatchObject({ status: 403, code: 'refused_by_hook', detail: 'Not on Sundays.' })
  })

  it('begins a new session each time and notes when', async () => {
    const { addUser, logIn, clock } = await newWorld()
    await addUser('ann')
    const first = await logIn('ann')
    clock.advance({ hours: 1 })
    const second = await logIn('ann')
    expect(second.body.session.id).not.toBe(first.body.session.id)
    expect(second.body.user['lastLoginAt']).toBe('2026-03-01T13:00:00.000Z')
  })

  it('refuses a carrier that there is not', async () => {
    const { call } = await newWorld()
    const { body } = await call('POST /login', { json: { identifier: 'ann', password: PASSWORD, carrier: 'pigeon' } })
    expect(codesOf(body)).toEqual({ carrier: ['not_a_choice'] })
  })
})

describe('POST /logout', () => {
  it('ends the session that was sent, and no other', async () => {
    const { call, memberToken, logIn } = await newWorld()
    const token = await memberToken('ann')
    const other = (await logIn('ann')).body.token
    expect((await call('POST /logout', { token })).status).toBe(204)
    expect((await call('GET /me', { token })).body.code).toBe('token_invalid')
    expect((await call('GET /me', { token: other })).status).toBe(200)
  })
})

describe('the sessions of a user', () => {
  it('lists them, the latest use first, and marks the present one', async () => {
    const { call, memberToken, logIn, clock } = await newWorld()
    const token = await memberToken('ann')
    clock.advance({ minutes: 5 })
    await logIn('ann', 'jwt')
    const { body } = await call('GET /sessions', { token })
    expect(body.sessions.map(({ carrier, isCurrent }) => [carrier, isCurrent])).toEqual([
      ['jwt', false],
      ['token', true],
    ])
    expect(body.sessions[1]).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      carrier: 'token',
      createdAt: '2026-03-01T12:00:00.000Z',
      lastUsedAt: '2026-03-01T12:00:00.000Z',
      expiresAt: '2026-03-31T12:00:00.000Z',
      address: '192.0.2.1',
      userAgent: null,
      isCurrent: true,
    })
  })

  it('ends one of them by its handle', async () => {
    const { call, memberToken, logIn } = await newWorld()
    const token = await memberToken('ann')
    const other = (await logIn('ann')).body
    expect((await call('DELETE /sessions/:id', { token, id: other.session.id })).status).toBe(204)
    expect((await call('GET /me', { token: other.token })).status).toBe(401)
    const gone = await call('DELETE /sessions/:id', { token, id: other.session.id })
    expect([gone.status, gone.body.code]).toEqual([404, 'not_found'])
  })

  it('never ends one of somebody else', async () => {
    const { call, memberToken, logIn, addUser } = await newWorld()
    const token = await memberToken('ann')
    await addUser('bob')
    const bob = (await logIn('bob')).body
    expect((await call('DELETE /sessions/:id', { token, id: bob.session.id })).status).toBe(404)
    expect((await call('GET /me', { token: bob.token })).status).toBe(200)
  })

  it('ends all but the present one', async () => {
    const { call, memberToken, logIn } = await newWorld()
    const token = await memberToken('ann')
    const others = [(await logIn('ann')).body.token, (await logIn('ann', 'jwt')).body.accessToken]
    expect((await call('DELETE /sessions', { token })).status).toBe(204)
    for (const other of others) expect((await call('GET /me', { token: other })).status).toBe(401)
    expect((await call('GET /sessions', { token })).body.sessions).toHaveLength(1)
  })
})

describe('/me', () => {
  it('is the user', async () => {
    const { call, memberToken } = await newWorld()
    const { status, body } = await call('GET /me', { token: await memberToken('ann') })
    expect([status, body.user['username'], body.user['email']]).toEqual([200, 'ann', 'ann@example.org'])
  })

  it('changes names, and leaves what was not sent', async () => {
    const { call, memberToken } = await newWorld()
    const token = await memberToken('ann')
    await call('PATCH /me', { token, json: { firstName: 'Ann', lastName: 'Lee' } })
    const { status, body } = await call('PATCH /me', { token, json: { lastName: '' } })
    expect([status, body.user['firstName'], body.user['lastName']]).toEqual([200, 'Ann', ''])
    expect((await call('PATCH /me', { token, json: {} })).status).toBe(200)
  })

  it('changes nothing that has a command of its own or none', async () => {
    const { call, memberToken } = await newWorld()
    const token = await memberToken('ann')
    const json = {
      username: 'eve',
      email: 'eve@example.org',
      password: 'x',
      isStaff: true,
      emailVerified: false,
      id: 9,
    }
    const { status, body } = await call('PATCH /me', { token, json: { ...json, firstName: 'Eve' } })
    expect(status).toBe(400)
    expect(Object.keys(body.errors)).toEqual(Object.keys(json))
    expect((await call('GET /me', { token })).body.user).toMatchObject({ username: 'ann', firstName: '' })
  })

  it('is deleted with the current password', async () => {
    const { auth, call, memberToken } = await newWorld()
    const token = await memberToken('ann')
    const wrong = await call('DELETE /me', { token, json: { currentPassword: OTHER_PASSWORD } })
    expect([wrong.status, wrong.body.code]).toEqual([403, 'wrong_current_password'])
    const missing = await call('DELETE /me', { token })
    expect(codesOf(missing.body)).toEqual({ currentPassword: ['required'] })
    expect((await call('DELETE /me', { token, json: { currentPassword: PASSWORD } })).status).toBe(204)
    expect((await call('GET /me', { token })).status).toBe(401)
    expect(await auth.findUser('ann')).toBeNull()
  })

  it('is not deleted where a hook refuses', async () => {
    const { call, memberToken } = await newWorld({ hooks: { beforeDelete: () => ({ refuse: 'Pay first.' }) } })
    const token = await memberToken('ann')
    const { body } = await call('DELETE /me', { token, json: { currentPassword: PASSWORD } })
    expect(body).toMatchObject({ status: 403, code: 'refused_by_hook', detail: 'Pay first.' })
  })
})

describe('GET /me/export and /me/attempts', () => {
  it('tells what is kept, and no secret', async () => {
    const { call, memberToken } = await newWorld()
    const token = await memberToken('ann')
    const { status, body, text } = await call('GET /me/export', { token })
    expect(status).toBe(200)
    const kept = ['user', 'identities', 'sessions', 'attempts', 'groups', 'permissions']
    expect(Object.keys(body)).toEqual([...kept, 'exportedAt'])
    expect(body.sessions.map(({ isCurrent }) => isCurrent)).toEqual([true])
    expect(text).not.toMatch(/argon2|passwordHash|digest|epoch/i)
  })

  it('lists one’s own attempts, newest first', async () => {
    const { addUser, call, memberToken, clock } = await newWorld()
    await addUser('bob')
    const token = await memberToken('ann')
    clock.advance({ seconds: 1 })
    await call('POST /login', { json: { identifier: 'ANN', password: OTHER_PASSWORD } })
    await call('POST /login', { json: { identifier: 'bob', password: OTHER_PASSWORD } })
    const { body } = await call('GET /me/attempts', { token })
    expect(body.attempts).toMatchObject([
      { identifier: 'ANN', outcome: 'wrong_password', door: 'portress-api', action: 'login', address: '192.0.2.1' },
      { identifier: 'ann', outcome: 'success', door: 'portress-api', action: 'login' },
    ])
  })
})

describe('the password', () => {
  it('is changed with the current one, and ends the other sessions', async () => {
    const { call, memberToken, logIn } = await newWorld()
    const token = await memberToken('ann')
    const other = (await logIn('ann')).body.token
    const json = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD }
    const changed = await call('POST /password/change', { token, json })
    expect([changed.status, changed.headers.getSetCookie()]).toEqual([204, []])
    expect((await call('GET /me', { token })).status).toBe(200)
    expect((await call('GET /me', { token: other })).status).toBe(401)
    expect((await logIn('ann')).status).toBe(401)
  })

  it('is not changed with a wrong one, nor to a bad one', async () => {
    const { call, memberToken } = await newWorld()
    const token = await memberToken('ann')
    const wrong = { currentPassword: OTHER_PASSWORD, newPassword: OTHER_PASSWORD }
    expect((await call('POST /password/change', { token, json: wrong })).body.code).toBe('wrong_current_password')
    const bad = { currentPassword: PASSWORD, newPassword: 'ann' }
    const { body } = await call('POST /password/change', { token, json: bad })
    expect(codesOf(body)['newPassword']).toContain('password_too_short')
  })

  it('is reset with the mailed code, which ends every session', async () => {
    const { call, memberToken, mailedCode, logIn } = await newWorld()
    const token = await memberToken('ann')
    expect((await call('POST /password/reset', { json: { email: 'ANN@example.org' } })).status).toBe(202)
    const code = await mailedCode('ann@example.org')
    const bad = await call('POST /password/reset/confirm', { json: { code, newPassword: '123' } })
    expect(Object.keys(bad.body.errors)).toEqual(['newPassword'])
    const json = { code, newPassword: OTHER_PASSWORD }
    expect((await call('POST /password/reset/confirm', { json })).status).toBe(204)
    expect((await call('POST /password/reset/confirm', { json })).body.code).toBe('code_invalid')
    expect((await call('GET /me', { token })).status).toBe(401)
    expect((await logIn('ann')).status).toBe(401)
    expect((await call('POST /login', { json: { identifier: 'ann', password: OTHER_PASSWORD } })).status).toBe(200)
  })

  it('reset answers alike for an address that nobody has', async () => {
    const { auth, addUser, call, mailer } = await newWorld()
    await addUser('ann')
    const known = await call('POST /password/reset', { json: { email: 'ann@example.org' } })
    const unknown = await call('POST /password/reset', { json: { email: 'nobody@example.org' } })
    expect([unknown.status, [...unknown.headers]]).toEqual([known.status, [...known.headers]])
    await auth.flush()
    expect(mailer.sent.map(({ to }) => to)).toEqual(['ann@example.org'])
  })
})

describe('the address', () => {
  it('changes once the new one has confirmed', async () => {
    const { call, memberToken, mailedCode } = await newWorld()
    const token = await memberToken('ann')
    const json = { newEmail: 'ann@new.example.org', currentPassword: PASSWORD }
    expect((await call('POST /email/change', { token, json })).status).toBe(202)
    expect((await call('GET /me', { token })).body.user['email']).toBe('ann@example.org')
    const code = await mailedCode('ann@new.example.org')
    const { status, body } = await call('POST /email/change/confirm', { json: { code } })
    expect([status, body.user['email']]).toEqual([200, 'ann@new.example.org'])
    expect((await call('POST /email/change/confirm', { json: { code } })).body.code).toBe('code_invalid')
  })

  it('stays, or comes back, when the old one cancels', async () => {
    const { call, memberToken, mailedCode, logIn } = await newWorld()
    const token = await memberToken('ann')
    await call('POST /email/change', { token, json: { newEmail: 'eve@example.org', currentPassword: PASSWORD } })
    await call('POST /email/change/confirm', { json: { code: await mailedCode('eve@example.org') } })
    const code = await mailedCode('ann@example.org')
    expect((await call('POST /email/change/cancel', { json: { code } })).status).toBe(204)
    expect((await call('GET /me', { token })).status).toBe(401)
    // Whoever asked for the change knew the password, so it opens nothing any more.
    expect((await logIn('ann@example.org')).status).toBe(401)
    const reset = { code: await mailedCode('ann@example.org'), newPassword: PASSWORD }
    expect((await call('POST /password/reset/confirm', { json: reset })).status).toBe(204)
    expect((await logIn('ann@example.org')).status).toBe(200)
    expect((await logIn('eve@example.org')).status).toBe(401)
  })

  it('answers alike for one that somebody has, whose owner gets a notice without a link', async () => {
    const { auth, addUser, call, memberToken, mailer } = await newWorld()
    await addUser('bob')
    const token = await memberToken('ann')
    const [taken, free] = [
      await call('POST /email/change', { token, json: { newEmail: 'bob@example.org', currentPassword: PASSWORD } }),
      await call('POST /email/change', { token, json: { newEmail: 'new@example.org', currentPassword: PASSWORD } }),
    ]
    expect([taken.status, [...taken.headers]]).toEqual([free.status, [...free.headers]])
    await auth.flush()
    const textTo = (address: string) => mailer.sent.find(({ to }) => to === address)?.text ?? 'no mail'
    expect(textTo('bob@example.org')).toContain('already')
    expect(textTo('bob@example.org')).not.toContain('code=')
    expect(textTo('new@example.org')).toContain('code=')
  })

  it('needs the current password and an address', async () => {
    const { call, memberToken } = await newWorld()
    const token = await memberToken('ann')
    const wrong = { newEmail: 'new@example.org', currentPassword: OTHER_PASSWORD }
    expect((await call('POST /email/change', { token, json: wrong })).body.code).toBe('wrong_current_password')
    const { body } = await call('POST /email/change', { token, json: { newEmail: 'no', currentPassword: PASSWORD } })
    expect(codesOf(body)).toEqual({ newEmail: ['email_invalid'] })
  })
})

describe('POST /username/change', () => {
  it('gives another name, unless somebody has it', async () => {
    const { addUser, call, memberToken, logIn } = await newWorld()
    await addUser('bob')
    const token = await memberToken('ann')
    const json = { newUsername: 'anna', currentPassword: PASSWORD }
    const { status, body } = await call('POST /username/change', { token, json })
    expect([status, body.user['username']]).toEqual([200, 'anna'])
    expect([(await logIn('anna')).status, (await logIn('ann')).status]).toEqual([200, 401])
    const taken = await call('POST /username/change', { token, json: { ...json, newUsername: 'BOB' } })
    expect(codesOf(taken.body)).toEqual({ newUsername: ['taken'] })
    const guess = { newUsername: 'anne', currentPassword: OTHER_PASSWORD }
    const wrong = await call('POST /username/change', { token, json: guess })
    expect(wrong.body.code).toBe('wrong_current_password')
    const both = await call('POST /username/change', { token, json: { ...guess, newUsername: 'BOB' } })
    expect(codesOf(both.body)).toEqual({ newUsername: ['taken'], currentPassword: ['wrong_password'] })
  })
})

describe('POST /unlock', () => {
  it('ends the lock with the code that was mailed to the owner', async () => {
    const { addUser, call, logIn, mailedCode } = await newWorld()
    await addUser('ann')
    for (let guess = 0; guess < 3; guess += 1) {
      await call('POST /login', { json: { identifier: 'ann', password: OTHER_PASSWORD } })
    }
    expect((await logIn('ann')).status).toBe(401)
    const code = await mailedCode('ann@example.org')
    expect((await call('POST /unlock', { json: { code } })).status).toBe(204)
    expect((await logIn('ann')).status).toBe(200)
    expect((await call('POST /unlock', { json: { code } })).body.code).toBe('code_invalid')
  })
})

describe('codes', () => {
  it('open nothing but what they were mailed for', async () => {
    const { addUser, call, mailedCode } = await newWorld()
    await addUser('ann')
    await call('POST /password/reset', { json: { email: 'ann@example.org' } })
    const code = await mailedCode('ann@example.org')
    const others = ['/email/verify', '/email/change/confirm', '/email/change/cancel', '/unlock'] as const
    for (const path of others) {
      const { status, body } = await call(`POST ${path}`, { json: { code } })
      expect([path, status, body.code]).toEqual([path, 400, 'code_invalid'])
    }
    const json = { code, newPassword: OTHER_PASSWORD }
    expect((await call('POST /password/reset/confirm', { json })).status).toBe(204)
  })

  it('die in time', async () => {
    const { addUser, call, mailedCode, clock } = await newWorld()
    await addUser('ann')
    await call('POST /password/reset', { json: { email: 'ann@example.org' } })
    const code = await mailedCode('ann@example.org')
    clock.advance({ hours: 1 })
    const { body } = await call('POST /password/reset/confirm', { json: { code, newPassword: OTHER_PASSWORD } })
    expect(body.code).toBe('code_invalid')
  })
})
