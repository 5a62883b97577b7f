import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { userNotFound } from '../../../src/dialects/rest-registration/index.ts'
import type { LoginAuthenticator, RestRegistrationOptions } from '../../../src/dialects/rest-registration/options.ts'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { LOGIN_INVALID, WORDS } from './support/words.ts'
import { type RestRegistrationWorld, restRegistrationWorlds } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const LOGIN = 'POST login/'

/** Lets `ann` in with a pin, by whatever name that she has in the store of the world it is for. */
function pinDoor(options: RestRegistrationOptions = {}): RestRegistrationWorld & { readonly asked: unknown[] } {
  const asked: unknown[] = []
  const loginAuthenticator: LoginAuthenticator = async (data) => {
    asked.push(data)
    const [user] = await world.store.users.findByIdentifier(String(data['login']), ['username'], 1)
    if (user === undefined || data['pin'] !== '1234') throw userNotFound()
    return { id: user.id }
  }
  const login = z.object({ login: z.string(), pin: z.string() })
  const world = newWorld({ schemas: { login }, loginAuthenticator, ...options })
  return { ...world, asked }
}

describe('LOGIN_AUTHENTICATOR', () => {
  it('receives what the log-in serializer validated, and lets in whom it returns', async () => {
    const { call, addUser, asked } = pinDoor()
    await addUser('ann')
    const answer = await call(LOGIN, { json: { login: 'ann', pin: '1234', more: 1 } })
    expect(answer).toMatchObject({ status: 200, body: { detail: 'Login successful' } })
    expect(asked).toEqual([{ login: 'ann', pin: '1234' }])
  })

  it('that throws userNotFound() answers like a wrong password, with the event that it failed', async () => {
    const { call, addUser, auth, store } = pinDoor()
    await addUser('ann')
    for (const json of [
      { login: 'ann', pin: '0000' },
      { login: 'ben', pin: '1234' },
    ]) {
      expect(told(await call(LOGIN, { json }))).toEqual([400, LOGIN_INVALID])
    }
    await auth.flush()
    const attempts = await store.attempts.list({ limit: 10 })
    expect(attempts.map(({ outcome }) => outcome).toSorted()).toEqual(['unknown_user', 'wrong_password'])
  })

  it('is inside the gate: whom nothing lets in it does not let in either, so E009 cannot come true', async () => {
    const { call, addUser, auth } = pinDoor()
    const { id } = await addUser('ann')
    await auth.setStatus({ userId: id, status: 'disabled' })
    expect(told(await call(LOGIN, { json: { login: 'ann', pin: '1234' } }))).toEqual([400, LOGIN_INVALID])
  })

  it('is not asked during a lock', async () => {
    const { call, addUser, asked } = pinDoor()
    await addUser('ann')
    for (const _ of [1, 2, 3]) await call(LOGIN, { json: { login: 'ann', pin: '0000' } })
    const guesses = asked.length
    expect(told(await call(LOGIN, { json: { login: 'ann', pin: '1234' } }))).toEqual([400, LOGIN_INVALID])
    expect(asked).toHaveLength(guesses)
  })

  it('can return an id that nobody has, which lets nobody in', async () => {
    const { call } = newWorld({ loginAuthenticator: () => ({ id: 4711 }) })
    expect(told(await call(LOGIN, { json: { login: 'ann', password: 'x' } }))).toEqual([400, LOGIN_INVALID])
  })

  it('that fails is a fault, which counts as a wrong guess and tells nothing', async () => {
    const { call } = newWorld({
      loginAuthenticator: () => {
        throw new Error('the directory says: secret')
      },
    })
    const answer = await call(LOGIN, { json: { login: 'ann', password: 'x' } })
    expect([answer.status, answer.text.includes('secret')]).toEqual([500, false])
  })

  it('must be told whom wrong guesses are counted against: without a login nobody gets in', async () => {
    const schemas = { login: z.object({ card: z.string() }) }
    const { call, addUser } = newWorld({ schemas, loginAuthenticator: () => ({ id: 1 }) })
    await addUser('ann')
    expect(told(await call(LOGIN, { json: { card: '1' } }))).toEqual([400, LOGIN_INVALID])
  })

  it.each([
    [{}, undefined, 'rest-registration'],
    [{ loginDefaultSessionAuthenticationBackend: 'password' }, undefined, 'password'],
    [{ loginDefaultSessionAuthenticationBackend: 'password' }, 'directory', 'directory'],
  ] as const)(
    'LOGIN_DEFAULT_SESSION_AUTHENTICATION_BACKEND: %j and a user of the backend %s begin a session of %s',
    async (options, backend, expected) => {
      const loginAuthenticator = () => ({ id: 1, ...(backend === undefined ? {} : { backend }) })
      const { call, addUser, store, clock } = newWorld({ ...options, loginAuthenticator })
      const { id } = await addUser('ann')
      expect((await call(LOGIN, { json: { login: 'ann', password: 'x' } })).status).toBe(200)
      const sessions = await store.sessions.listForUser(id, clock.now())
      expect(new Set(sessions.map((session) => session.backend))).toEqual(new Set([expected]))
    },
  )
})

describe('LOGIN_SERIALIZER_CLASS', () => {
  const schemas = { login: z.object({ email: z.string(), password: z.string() }) }

  it('may ask for a login field by its own name', async () => {
    const { call, addUser } = newWorld({ schemas, userLoginFields: ['username', 'email'] })
    await addUser('ann')
    const login = (email: string) => call(LOGIN, { json: { email, password: PASSWORD } })
    expect((await login('ann@example.org')).status).toBe(200)
    expect(told(await login('ann'))).toEqual([400, LOGIN_INVALID])
  })

  it('tells in its own words what is wrong', async () => {
    const { call } = newWorld({ schemas: { login: z.object({ login: z.string('who?') }) } })
    expect(told(await call(LOGIN, { json: { login: 1 } }))).toEqual([400, { login: ['who?'] }])
  })

  it('R6: whose data has no password, or none of the login fields, proves nobody', async () => {
    const { call, addUser } = newWorld({ schemas: { login: z.object({ login: z.string() }) } })
    await addUser('ann')
    expect(told(await call(LOGIN, { json: { login: 'ann' } }))).toEqual([400, LOGIN_INVALID])
    const other = newWorld({ schemas })
    await other.addUser('ann')
    const json = { email: 'ann@example.org', password: PASSWORD }
    expect(told(await other.call(LOGIN, { json }))).toEqual([400, LOGIN_INVALID])
  })

  it('R6: a wrong password is one under the field’s own name as well', async () => {
    const { call, addUser } = newWorld({ schemas, userLoginFields: ['email'] })
    await addUser('ann')
    const json = { email: 'ann@example.org', password: 'wrong' }
    expect(told(await call(LOGIN, { json }))).toEqual([400, LOGIN_INVALID])
  })
})

describe('NOT_AUTHENTICATED_PERMISSION_CLASSES', () => {
  it('must all agree, before the body is read', async () => {
    const { call, addUser } = newWorld({
      notAuthenticatedPermissions: [() => true, ({ caller }) => caller === null],
    })
    await addUser('ann')
    const login = await call(LOGIN, { json: { login: 'ann', password: PASSWORD } })
    expect(login.status).toBe(200)
    const { token } = Object(login.body)
    const refusal = { detail: 'You do not have permission to perform this action.' }
    for (const row of [LOGIN, 'POST register/', 'POST verify-registration/', 'POST reset-password/', 'GET login/']) {
      const sent = row.startsWith('GET') ? {} : { body: '{' }
      expect([row, told(await call(row, { token, ...sent }))]).toEqual([row, [403, refusal]])
    }
    expect(told(await call(LOGIN, { json: {} }))).toEqual([
      400,
      { login: [WORDS.REQUIRED], password: [WORDS.REQUIRED] },
    ])
  })
})
