import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { ANN, ANN_ADDRESS, MANDATORY, newcomer, REGISTER } from './support/registration.ts'
import { DETAILS, nonField, WORDS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const DIFFER = "The two password fields didn't match."

const SENT = [201, { detail: 'Verification e-mail sent.' }] as const

describe.each(GENERATIONS)('§5 registration in generation %s', (generation) => {
  it('row 201 token mode: the key of the new user, who is logged in by it', async () => {
    const world = newWorld({ generation })
    const { status, text } = await world.call(REGISTER, { json: ANN })
    expect(status).toBe(201)
    expect(text).toMatch(/^\{"key":"[0-9a-f]{40}"\}$/)
    const { key: token } = JSON.parse(text)
    expect((await world.call('GET user/', { token })).body).toMatchObject({ username: 'ann', email: ANN_ADDRESS })
    expect(await world.tokenOf('ann')).toBe(token)
  })

  it('rule 12: makes exactly one new user, who can log in and out', async () => {
    const world = newWorld({ generation })
    await world.call(REGISTER, { json: ANN })
    expect(await world.users()).toHaveLength(1)
    const token = await world.tokenOf('ann')
    expect(told(await world.call('POST logout/', { token }))).toEqual([200, DETAILS.loggedOut])
  })

  it('rule 12: {} is 400 and makes nobody', async () => {
    const world = newWorld({ generation })
    const { status, text } = await world.call(REGISTER, { json: {} })
    expect(status).toBe(400)
    expect(text).toBe(
      JSON.stringify({ username: [WORDS.REQUIRED], password1: [WORDS.REQUIRED], password2: [WORDS.REQUIRED] }),
    )
    expect(await world.users()).toHaveLength(0)
  })

  it('rule 12, row 400 password: two passwords that differ are told under non_field_errors', async () => {
    const world = newWorld({ generation })
    expect(told(await world.call(REGISTER, { json: { ...ANN, password2: 'another' } }))).toEqual(nonField(DIFFER))
    expect(await world.users()).toHaveLength(0)
  })

  it('§1.3: two passwords are compared only where every field has passed', async () => {
    const world = newWorld({ generation })
    const json = { ...ANN, password1: '12345678', password2: 'another' }
    expect(told(await world.call(REGISTER, { json }))).toEqual([400, { password1: [WORDS.COMMON, WORDS.NUMERIC] }])
    const unnamed = { ...ANN, username: '', password2: 'another' }
    expect(told(await world.call(REGISTER, { json: unnamed }))).toEqual([400, { username: [WORDS.BLANK] }])
  })

  it('row 201 mandatory verification: says that a mail was sent, gives no key, and sets no cookie', async () => {
    const world = newWorld({ generation, ...MANDATORY })
    const answer = await world.call(REGISTER, { json: ANN })
    expect(told(answer)).toEqual(SENT)
    // A difference: the original's session authenticates nobody.
    expect(answer.cookies).toEqual([])
    expect((await world.mails()).map(({ to }) => to)).toEqual([ANN_ADDRESS])
  })

  it.each([{ useJwt: true }, { tokenCreator: 'create' }] as const)(
    'row 201 mandatory verification, in any mode: %o',
    async (mode) => {
      const world = newWorld({ generation, ...MANDATORY, ...mode })
      expect(told(await world.call(REGISTER, { json: ANN }))).toEqual(SENT)
    },
  )

  it('row cookies: a session and a CSRF token beside the key, and the session is the new user’s', async () => {
    const world = newWorld({ generation })
    const browser = world.browser()
    const { cookies } = await browser.call(REGISTER, { json: ANN })
    expect(cookies.map((cookie) => cookie.split('=', 1)[0])).toEqual(['sessionid', 'csrftoken'])
    expect(cookies[0]).toMatch(
      /^sessionid=[\w-]+; expires=[^;]+; Max-Age=1209600; HttpOnly; Path=\/; SameSite=Lax; Secure$/,
    )
    expect((await browser.call('GET user/')).body).toMatchObject({ username: 'ann' })
  })

  it('§12: no session cookie where session log-in is off, which the original sets all the same', async () => {
    const world = newWorld({ generation, sessionLogin: false })
    const answer = await world.call(REGISTER, { json: ANN })
    expect([answer.status, answer.cookies]).toEqual([201, []])
  })

  it('row caller: somebody who is logged in gets a separate account, and that one’s key', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('boss')
    const { body } = await world.call(REGISTER, { token, json: ANN })
    expect(body).not.toEqual({ key: token })
    expect((await world.call('GET user/', { token })).body).toMatchObject({ username: 'boss' })
    expect(await world.users()).toHaveLength(2)
  })

  it('row caller: a browser’s session needs its CSRF token, and gives way to the new user’s', async () => {
    const world = newWorld({ generation })
    await world.addUser('boss')
    const browser = world.browser()
    await browser.login('boss')
    const before = browser.jar.get('sessionid')
    const forged = await browser.call(REGISTER, { json: ANN, csrf: false })
    expect(forged.status).toBe(403)
    expect(JSON.stringify(forged.body)).toContain('CSRF Failed')
    expect((await browser.call(REGISTER, { json: ANN })).status).toBe(201)
    expect((await browser.call('GET user/')).body).toMatchObject({ username: 'ann' })
    browser.jar.set('sessionid', before ?? '')
    expect((await browser.call('GET user/')).status).toBe(403)
  })

  it('§1.4: a bad credential beside a right registration is refused, unless the site ignores it', async () => {
    const token = '0'.repeat(40)
    const strict = newWorld({ generation })
    expect(told(await strict.call(REGISTER, { token, json: ANN }))).toEqual([403, DETAILS.invalidToken])
    const lenient = newWorld({ generation, ignoreStaleCredentials: true })
    expect((await lenient.call(REGISTER, { token, json: ANN })).status).toBe(201)
  })

  it('§1.2: a form is as good as JSON', async () => {
    const world = newWorld({ generation })
    expect((await world.call(REGISTER, { form: ANN })).status).toBe(201)
  })

  it('§1.2: JSON that is no object, and other methods', async () => {
    const world = newWorld({ generation })
    expect(told(await world.call(REGISTER, { json: null }))).toEqual(nonField('No data provided'))
    const list = await world.call(REGISTER, { json: [ANN] })
    expect(told(list)).toEqual(nonField('Invalid data. Expected a dictionary, but got list.'))
    const get = await world.call('GET registration/')
    expect(told(get)).toEqual([405, { detail: 'Method "GET" not allowed.' }])
    expect(get.headers.get('allow')).toBe('POST, OPTIONS')
  })

  it('§1.1: without its final slash the path only leads to the one with it', async () => {
    const world = newWorld({ generation })
    const { status, headers } = await world.call('POST registration', { json: ANN })
    expect([status, headers.get('location')]).toEqual([301, `${world.mount}/registration/`])
  })

  it('§1.2 OPTIONS: names the view and its four fields', async () => {
    const world = newWorld({ generation })
    const { status, body } = await world.call('OPTIONS registration/')
    expect(status).toBe(200)
    expect(body).toMatchObject({ name: 'Register' })
    expect(Object.keys(Reflect.get(Reflect.get(Object(body), 'actions'), 'POST'))).toEqual([
      'username',
      'email',
      'password1',
      'password2',
    ])
  })

  it('§1.2: fields that there are not are ignored, rights among them', async () => {
    const world = newWorld({ generation })
    const json = { ...ANN, is_staff: true, is_superuser: true, is_active: false, id: 99, status: 'disabled' }
    expect((await world.call(REGISTER, { json })).status).toBe(201)
    expect(await world.stored('ann')).toMatchObject({ id: 1, isStaff: false, isSuperuser: false, status: 'active' })
  })

  it('is closed where the site has closed it', async () => {
    const world = newWorld({ generation }, { registration: { open: false } })
    expect((await world.call(REGISTER, { json: ANN })).status).toBe(403)
    const absent = newWorld({ generation, registration: false })
    expect((await absent.call(REGISTER, { json: ANN })).status).toBe(404)
  })

  it('lets nobody in, and makes the account, where the application refuses a log-in', async () => {
    const hooks = { beforeLogin: () => ({ refuse: 'Not on Sundays.' }) }
    const world = newWorld({ generation }, { hooks })
    const answer = await world.call(REGISTER, { json: ANN })
    expect([answer.status, answer.text, answer.cookies]).toEqual([204, '', []])
    expect(await world.stored('ann')).toMatchObject({ status: 'active' })
  })

  it('trims what is typed, the passwords, too', async () => {
    const world = newWorld({ generation })
    const json = { username: ' ann ', email: ` ${ANN_ADDRESS} `, password1: ` ${PASSWORD} `, password2: PASSWORD }
    expect((await world.call(REGISTER, { json })).status).toBe(201)
    expect((await world.call('POST login/', { json: { username: 'ann', password: PASSWORD } })).status).toBe(200)
  })

  it('never answers with a fault, whatever stands in a field', async () => {
    const world = newWorld({ generation })
    const hostile = [null, true, [], ['a'], {}, { a: [] }, '', ' ', '\0', '\ud800', 'x'.repeat(20_000), '‮a']
    for (const name of Object.keys(ANN)) {
      for (const value of hostile) {
        const { status } = await world.call(REGISTER, { json: { ...newcomer('bob'), [name]: value } })
        expect([status, name, value]).toEqual([400, name, value])
      }
    }
    expect(await world.users()).toHaveLength(0)
  })
})

describe('§5 registration, as only one generation has it', () => {
  it('row 201 G1 JWT: a token and the user', async () => {
    const world = newWorld({ generation: '0.9', useJwt: true })
    const { status, body } = await world.call(REGISTER, { json: ANN })
    expect(status).toBe(201)
    expect(Object.keys(Object(body))).toEqual(['token', 'user'])
    expect(body).toMatchObject({ user: { pk: 1, username: 'ann', email: ANN_ADDRESS, first_name: '', last_name: '' } })
    const { token: jwt } = body as { readonly token: string }
    expect((await world.call('GET user/', { jwt })).body).toMatchObject({ username: 'ann' })
  })

  it('row 201 G2 JWT: access, a refresh that is always filled, and the user; no JWT cookies and no expirations', async () => {
    const world = newWorld({
      useJwt: true,
      sessionLogin: false,
      jwtAuthCookie: 'acc',
      jwtAuthRefreshCookie: 'ref',
      jwtAuthReturnExpiration: true,
    })
    const { status, body, cookies } = await world.call(REGISTER, { json: ANN })
    expect([status, Object.keys(Object(body))]).toEqual([201, ['access', 'refresh', 'user']])
    const { access: jwt, refresh } = body as { readonly access: string; readonly refresh: string }
    expect(refresh.split('.')).toHaveLength(3)
    expect(cookies).toEqual([])
    expect((await world.call('GET user/', { jwt })).status).toBe(200)
  })

  it('§12: sets the JWT cookies where the site asks for them', async () => {
    const names = { jwtAuthCookie: 'acc', jwtAuthRefreshCookie: 'ref' } as const
    const world = newWorld({ useJwt: true, sessionLogin: false, ...names, registrationSetsJwtCookies: true })
    const browser = world.browser()
    const { cookies } = await browser.call(REGISTER, { json: ANN })
    expect(cookies.map((cookie) => cookie.split('=', 1)[0])).toEqual(['acc', 'ref'])
    expect((await browser.call('GET user/')).body).toMatchObject({ username: 'ann' })
  })

  it('row 204 G2: no token model, an empty body and the session', async () => {
    const world = newWorld({ tokenModel: null })
    const browser = world.browser()
    const answer = await browser.call(REGISTER, { json: ANN })
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect((await browser.call('GET user/')).body).toMatchObject({ username: 'ann' })
  })
})
