/** The Portress API; every answer is checked against its OpenAPI document by the client: log-in, log-out, sessions and locks. */
import { describe, expect, it } from 'vitest'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import { ANN, apiWorlds, codesOf, OTHER_PASSWORD, PASSWORD } from '../support/api-world.ts'
import { TEST_ORIGIN } from '../support/test-auth.ts'

const newWorld = apiWorlds()

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

  it('may be mounted a second time, with a log-in that tells of locks, whatever the other one does', async () => {
    const mounts = { '/api': portressApi(), '/open/api': portressApi({ revealLocks: true }) }
    const { auth, addUser, logIn } = await newWorld({ mounts })
    await addUser('ann')
    const ask = (mount: string, password: string): Promise<Response> => {
      const body = JSON.stringify({ identifier: 'ann', password })
      const headers = { 'content-type': 'application/json' }
      return auth.fetch(new Request(`${TEST_ORIGIN}${mount}/login`, { method: 'POST', body, headers }))
    }
    for (let guess = 0; guess < 3; guess += 1) {
      expect((await ask('/open/api', OTHER_PASSWORD)).status).toBe(401)
    }
    const told = await ask('/open/api', PASSWORD)
    expect([told.status, told.headers.get('retry-after')]).toEqual([429, '60'])
    expect((await logIn('ann')).body).toMatchObject({ status: 401, code: 'invalid_credentials' })
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
