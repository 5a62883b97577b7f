import { describe, expect, it } from 'vitest'
import type { RestRegistrationOptions } from '../../../src/dialects/rest-registration/options.ts'
import { told } from '../drf/support/answer.ts'
import type { EngineOptions } from '../drf/support/drf-world.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { detail, done, LOGIN_INVALID, WORDS } from './support/words.ts'
import { type RestRegistrationWorld, restRegistrationWorlds, SESSIONS_ONLY, TOKENS_ONLY } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const LOGIN = 'POST login/'

const ANN = { login: 'ann', password: PASSWORD }

const BOTH_FIELDS = { userLoginFields: ['username', 'email'] } as const

/** A world with ann, and what was raised in it. */
async function worldOfAnn(options: RestRegistrationOptions = {}, engine: EngineOptions = {}) {
  const events: string[] = []
  const listeners = {
    userLoggedIn: () => void events.push('userLoggedIn'),
    loginFailed: () => void events.push('loginFailed'),
  }
  const world = newWorld(options, { ...engine, events: { ...listeners, ...engine.events } })
  await world.addUser('ann')
  return { ...world, events }
}

const token = expect.stringMatching(/^[0-9a-f]{40}$/)

const names = (cookies: readonly string[]): readonly string[] => cookies.map((cookie) => cookie.split('=', 1)[0] ?? '')

const sessionsOf = async ({ store, stored, clock }: RestRegistrationWorld): Promise<readonly string[]> => {
  const sessions = await store.sessions.listForUser((await stored('ann')).id, clock.now())
  return sessions.map(({ carrier }) => carrier).toSorted()
}

describe('§3.3 login/, request', () => {
  it.each([
    [{}, { login: [WORDS.REQUIRED], password: [WORDS.REQUIRED] }],
    [
      { login: null, password: '' },
      { login: [WORDS.NULL], password: [WORDS.BLANK] },
    ],
    [
      { login: ['ann'], password: { a: 1 } },
      { login: [WORDS.STRING], password: [WORDS.STRING] },
    ],
    [
      { login: true, password: 'a\0b' },
      { login: [WORDS.STRING], password: [WORDS.NUL] },
    ],
    [{ username: 'ann', password: PASSWORD }, { login: [WORDS.REQUIRED] }],
    [{ email: 'ann@example.org', password: PASSWORD }, { login: [WORDS.REQUIRED] }],
  ])('%j is told by its fields', async (json, complaints) => {
    const { call } = await worldOfAnn()
    expect(told(await call(LOGIN, { json }))).toEqual([400, complaints])
  })

  it('F1: both texts are stripped of what surrounds them, and a number counts as its digits', async () => {
    const { call, addUser } = await worldOfAnn()
    const spaced = { login: ' ann\t', password: `\n${PASSWORD}  ` }
    expect((await call(LOGIN, { json: spaced })).status).toBe(200)
    await addUser('4711', { password: '31415926' })
    expect((await call(LOGIN, { json: { login: 4711, password: 31_415_926 } })).status).toBe(200)
  })
})

describe('§3.3 login/, 200', () => {
  it('R1: one event that somebody logged in and none that it failed', async () => {
    const { call, events } = await worldOfAnn()
    expect((await call(LOGIN, { json: ANN })).status).toBe(200)
    expect(events).toEqual(['userLoggedIn'])
  })

  it('session mode: the message and both cookies', async () => {
    const { call } = await worldOfAnn(SESSIONS_ONLY)
    const answer = await call(LOGIN, { json: ANN })
    expect(told(answer)).toEqual(done('Login successful'))
    expect(names(answer.cookies)).toEqual(['sessionid', 'csrftoken'])
  })

  it('R2, token mode: the token in the body, the same each time, and no cookie at all', async () => {
    const { call } = await worldOfAnn(TOKENS_ONLY)
    const [first, second] = [await call(LOGIN, { json: ANN }), await call(LOGIN, { json: ANN })]
    expect(told(first)).toEqual([200, { detail: 'Login successful', token }])
    expect([second.body, second.cookies]).toEqual([first.body, []])
    const { token: key } = Object(first.body)
    expect((await call('GET profile/', { token: key })).status).toBe(200)
  })

  it('R2, both: the token in the body and the session in cookies', async () => {
    const { call } = await worldOfAnn()
    const answer = await call(LOGIN, { json: ANN })
    expect(told(answer)).toEqual([200, { detail: 'Login successful', token }])
    expect(names(answer.cookies)).toEqual(['sessionid', 'csrftoken'])
  })

  it('neither: the message only, and nothing is left by which anybody could come back', async () => {
    const world = await worldOfAnn({ authentication: ['basic'] })
    const answer = await world.call(LOGIN, { json: ANN })
    expect(told(answer)).toEqual(done('Login successful'))
    expect(answer.cookies).toEqual([])
    expect(await sessionsOf(world)).toEqual([])
    expect(world.events).toEqual(['userLoggedIn'])
  })

  it.each([SESSIONS_ONLY, TOKENS_ONLY, {}, { authentication: ['basic'] } as const])(
    'side effects: last_login is set in every mode (%j)',
    async (options) => {
      const { call, stored, clock } = await worldOfAnn(options)
      await call(LOGIN, { json: ANN })
      expect((await stored('ann')).lastLoginAt).toEqual(clock.now())
    },
  )
})

describe('§3.3 login/, mode selection', () => {
  it.each<[RestRegistrationOptions, readonly string[]]>([
    [{ authentication: ['session'] }, ['cookie']],
    [{ authentication: ['session'], loginAuthenticateSession: null }, ['cookie']],
    [{ authentication: ['session'], loginAuthenticateSession: false }, []],
    [{ authentication: ['token'] }, ['user-token']],
    [{ authentication: ['token'], loginAuthenticateSession: true }, ['cookie', 'user-token']],
    [{ authentication: ['token'], loginRetrieveToken: false }, []],
    [{ authentication: ['token'], loginRetrieveToken: null }, ['user-token']],
    [{ authentication: ['session', 'token'], loginRetrieveToken: false }, ['cookie']],
    [{ authentication: ['token'], authTokenManager: 'token' }, []],
    [{ authentication: ['token'], authTokenManager: 'token', loginRetrieveToken: true }, ['token']],
    [{ authentication: ['jwt'], authTokenManager: 'simple-jwt', loginRetrieveToken: true }, ['simple-jwt']],
  ])('LOGIN_AUTHENTICATE_SESSION and LOGIN_RETRIEVE_TOKEN: %j begins %j', async (options, carriers) => {
    const world = await worldOfAnn(options)
    expect((await world.call(LOGIN, { json: ANN })).status).toBe(200)
    expect(await sessionsOf(world)).toEqual(carriers)
  })

  it('AUTH_TOKEN_MANAGER_CLASS: a manager of one token a log-in gives another one each time, and all are good', async () => {
    const options = { ...TOKENS_ONLY, authTokenManager: 'token', loginRetrieveToken: true } as const
    const { call, tokenOf } = await worldOfAnn(options)
    const [first, second] = [await tokenOf('ann'), await tokenOf('ann')]
    expect(first).not.toBe(second)
    for (const key of [first, second]) expect((await call('GET profile/', { token: key })).status).toBe(200)
  })

  it('R5: the token of a JWT manager opens the profile behind Bearer', async () => {
    const options = { authentication: ['jwt'], authTokenManager: 'simple-jwt', loginRetrieveToken: true } as const
    const { call, tokenOf } = await worldOfAnn(options)
    const key = await tokenOf('ann')
    expect(key.split('.')).toHaveLength(3)
    const answer = await call('GET profile/', { headers: { authorization: `Bearer ${key}` } })
    expect(answer).toMatchObject({ status: 200, body: { username: 'ann' } })
  })
})

describe('§3.3 login/, 400', () => {
  it.each([
    ['an unknown user', { login: 'ben', password: PASSWORD }],
    ['a wrong password', { login: 'ann', password: 'wrong' }],
    ['an address where names log in', { login: 'ann@example.org', password: PASSWORD }],
    ['an inactive user', { login: 'off', password: PASSWORD }],
    ['somebody without a password', { login: 'bare', password: PASSWORD }],
  ])('R3: %s is told like any other, with one event that it failed', async (_, json) => {
    const { call, addUser, auth, events } = await worldOfAnn()
    const { id } = await addUser('off')
    await auth.setStatus({ userId: id, status: 'disabled' })
    await addUser('bare', { password: null })
    expect(told(await call(LOGIN, { json }))).toEqual([400, LOGIN_INVALID])
    expect(events).toEqual(['loginFailed'])
  })

  it.each([
    ['a name longer than any', { login: 'a'.repeat(10_000), password: PASSWORD }],
    ['a password longer than any', { login: 'ann', password: 'a'.repeat(10_000) }],
  ])('%s is told like a wrong one', async (_, json) => {
    const { call } = await worldOfAnn()
    expect(told(await call(LOGIN, { json }))).toEqual([400, LOGIN_INVALID])
  })

  it('R3: with USE_NON_FIELD_ERRORS_KEY_FROM_DRF_SETTINGS the refusal is an error of no field', async () => {
    const { call } = await worldOfAnn({ useNonFieldErrorsKeyFromDrfSettings: true })
    const answer = await call(LOGIN, { json: { ...ANN, password: 'wrong' } })
    expect(told(answer)).toEqual([400, { non_field_errors: ['Login or password invalid.'] }])
  })

  it('R3: a token manager that cannot provide is told', async () => {
    const { call } = await worldOfAnn(TOKENS_ONLY, {
      wrapStore: (store) => ({ ...store, sessions: { ...store.sessions, findOrInsert: () => Promise.resolve(null) } }),
    })
    const answer = await call(LOGIN, { json: ANN })
    expect(told(answer)).toEqual(detail(400, 'Authentication token could not be provided'))
  })

  it('an unproven address is told like a wrong password where addresses must be proven', async () => {
    const world = newWorld({}, { login: { emailMustBeVerified: true } })
    const { id } = await world.addUser('ann')
    await world.store.users.update(id, { emailVerifiedAt: null })
    expect(told(await world.call(LOGIN, { json: ANN }))).toEqual([400, LOGIN_INVALID])
  })
})

describe('USER_LOGIN_FIELDS', () => {
  it.each(['ann', 'ann@example.org'])('R4: with both fields %s identifies the user, by one event', async (login) => {
    const { call, events } = await worldOfAnn(BOTH_FIELDS)
    expect((await call(LOGIN, { json: { login, password: PASSWORD } })).status).toBe(200)
    // W1: the original tries the name first, hashes twice, and raises a failed event on the way.
    expect(events).toEqual(['userLoggedIn'])
  })

  it.each([
    ['email', 'ann@example.org', 'ann'],
    ['username', 'ann', 'ann@example.org'],
  ] as const)('with %s alone %s logs in, and %s is nobody', async (field, right, wrong) => {
    const { call } = await worldOfAnn({ userLoginFields: [field] }, { login: { identifiers: ['username', 'email'] } })
    expect((await call(LOGIN, { json: { login: right, password: PASSWORD } })).status).toBe(200)
    expect(told(await call(LOGIN, { json: { login: wrong, password: PASSWORD } }))).toEqual([400, LOGIN_INVALID])
  })

  it('where people log in by address alone, so they do here', async () => {
    const { call } = await worldOfAnn({}, { user: { email: 'required' }, login: { identifiers: ['email'] } })
    expect((await call(LOGIN, { json: { login: 'ann@example.org', password: PASSWORD } })).status).toBe(200)
    expect(told(await call(LOGIN, { json: { login: 'ann', password: PASSWORD } }))).toEqual([400, LOGIN_INVALID])
  })

  it('where the model has no user names, addresses log in', async () => {
    const world = newWorld({}, { user: { username: 'none', email: 'required' } })
    await world.auth.createUser({ email: 'ann@example.org', password: PASSWORD, passwordCheck: 'bypassed' })
    const { status } = await world.call(LOGIN, { json: { login: 'ANN@example.org', password: PASSWORD } })
    expect(status).toBe(200)
  })
})

describe('A7 log-in cookies', () => {
  it('have the attributes of the project, and the CSRF value is another one each time', async () => {
    const { call } = await worldOfAnn(SESSIONS_ONLY)
    const [session = '', csrf = ''] = (await call(LOGIN, { json: ANN })).cookies
    const rest = 'Path=/; SameSite=Lax; Secure'
    expect(session).toMatch(
      new RegExp(`^sessionid=[\\w-]{43}; expires=Sun, 15 Mar 2026 12:00:00 GMT; Max-Age=1209600; HttpOnly; ${rest}$`),
    )
    expect(csrf).toMatch(
      new RegExp(`^csrftoken=\\w{32}; expires=Sun, 28 Feb 2027 12:00:00 GMT; Max-Age=31449600; ${rest}$`),
    )
    const [, again = ''] = (await call(LOGIN, { json: ANN })).cookies
    expect(again).not.toBe(csrf)
  })

  it.each(['ann', 'ben'])('a second log-in in the same browser, as %s, ends the session before it', async (second) => {
    const world = await worldOfAnn(SESSIONS_ONLY)
    await world.addUser('ben')
    const page = world.browser()
    await page.login('ann')
    const before = page.jar.get('sessionid')
    await page.login(second)
    const headers = { cookie: `sessionid=${before}` }
    expect((await world.call('GET profile/', { headers })).status).toBe(403)
    expect(await page.call('GET profile/')).toMatchObject({ status: 200, body: { username: second } })
  })
})
