import { describe, expect, it } from 'vitest'
import { type Answer, told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { DETAILS, WORDS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const JSON_TYPE = { 'content-type': 'application/json' }

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const detail = (status: number, sentence: string): unknown => [status, { detail: sentence }]

const FORM_FIELDS = { password: [WORDS.REQUIRED] }

describe.each(GENERATIONS)('§1.2 bodies, generation %s', (generation) => {
  const setup = () => newWorld({ generation })
  const post = (body: string, headers: Record<string, string> = JSON_TYPE) =>
    setup().call('POST login/', { body: bytes(body), headers })

  it('JSON, a form and a multipart form are read', async () => {
    const { call, addUser } = setup()
    await addUser('ann')
    const right = { username: 'ann', password: PASSWORD }
    const multipart = new FormData()
    for (const [name, value] of Object.entries(right)) multipart.append(name, value)
    for (const options of [{ json: right }, { form: right }, { body: multipart }]) {
      expect((await call('POST login/', options)).status).toBe(200)
    }
    const headers = { 'content-type': 'APPLICATION/JSON ; charset=utf-8' }
    expect((await call('POST login/', { body: JSON.stringify(right), headers })).status).toBe(200)
  })

  it.each(['text/plain', 'application/xml', 'application/jsonx', 'multipart/mixed; boundary=x', ''])(
    'another type with a body is refused: %s',
    async (type) => {
      const answer = await post('{}', type === '' ? {} : { 'content-type': type })
      expect(told(answer)).toEqual(detail(415, `Unsupported media type "${type}" in request.`))
    },
  )

  it.each(['', 'text/plain', 'application/json', 'image/png'])(
    'no body of type "%s" is an empty object',
    async (type) => {
      expect(told(await post('', type === '' ? {} : { 'content-type': type }))).toEqual([400, FORM_FIELDS])
    },
  )

  it.each(['{', '{"a":1,}', '{"a":NaN}', '\ufeff{}', "{'a':1}", '{"a":1}x', '\u0000', '['.repeat(8000)])(
    'malformed JSON is refused: %.20s',
    async (body) => {
      const { status, body: said } = await post(body)
      expect([status, said]).toEqual([400, { detail: expect.stringMatching(/^JSON parse error - ./) }])
    },
  )

  it('JSON that is nested thousands deep is refused, which the original answers with a 500', async () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const deep = `{"password":${open.repeat(2000)}1${close.repeat(2000)}}`
      expect((await post(deep)).body).toEqual({ detail: expect.stringMatching(/^JSON parse error - /) })
    }
  })

  it.each([
    ['[]', 'list'],
    ['[{}]', 'list'],
    ['"x"', 'str'],
    ['1', 'int'],
    ['1.5', 'float'],
    ['true', 'bool'],
  ])('JSON that is no object is told by its Python type: %s', async (body, type) => {
    expect(told(await post(body))).toEqual([
      400,
      { non_field_errors: [`Invalid data. Expected a dictionary, but got ${type}.`] },
    ])
  })

  it('JSON null is no data', async () => {
    expect(told(await post('null'))).toEqual([400, { non_field_errors: ['No data provided'] }])
  })

  it('of a repeated key or field the last one counts, and nothing in the query does', async () => {
    const { call, addUser } = setup()
    await addUser('ann')
    const twice = `{"username":"x","username":"ann","password":"wrong","password":"${PASSWORD}"}`
    expect((await call('POST login/', { body: twice, headers: JSON_TYPE })).status).toBe(200)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const form = `username=x&username=ann&password=wrong&password=${PASSWORD}`
    expect((await call('POST login/', { body: form, headers })).status).toBe(200)
    const { status } = await call(`POST login/?username=ann&password=${PASSWORD}`, { form: { username: 'ann' } })
    expect(status).toBe(400)
  })

  it('a multipart form without a boundary, and one whose boundary never occurs', async () => {
    const isFirst = generation === '0.9'
    const unnamed = await post('--x\r\n', { 'content-type': 'multipart/form-data' })
    expect(told(unnamed)).toEqual(
      isFirst ? [400, FORM_FIELDS] : detail(400, 'Multipart form parse error - Invalid boundary in multipart: None'),
    )
    const elsewhere = await post('--x\r\n', { 'content-type': 'multipart/form-data; boundary=y' })
    expect(told(elsewhere)).toEqual([400, FORM_FIELDS])
  })

  it('texts are trimmed, passwords too; numbers become texts; what else there is is refused', async () => {
    const { call, addUser } = setup()
    await addUser('ann')
    const spaced = { username: ' ann\n', password: `\t${PASSWORD} ` }
    expect((await call('POST login/', { json: spaced })).status).toBe(200)
    await addUser('1234', { password: '98765432' })
    expect((await call('POST login/', { json: { username: 1234, password: 98765432 } })).status).toBe(200)
    for (const value of [true, ['x'], { x: 1 }]) {
      const answer = await call('POST login/', { json: { username: value, password: value } })
      expect(told(answer)).toEqual([400, { username: [WORDS.STRING], password: [WORDS.STRING] }])
    }
  })

  it('§1.3 tells all failing fields together, and ignores unknown ones', async () => {
    const { call } = setup()
    const json = { uid: null, token: '', new_password1: 'a\0b', more: 1, __proto__: { x: 1 } }
    expect(told(await call('POST password/reset/confirm/', { json }))).toEqual([
      400,
      {
        new_password1: [WORDS.NUL],
        new_password2: [WORDS.REQUIRED],
        uid: [WORDS.NULL],
        token: [WORDS.BLANK],
      },
    ])
  })
})

describe.each(GENERATIONS)('§1.2 answers, generation %s', (generation) => {
  it('are compact JSON in UTF-8 with Allow and Vary', async () => {
    const { call, member } = newWorld({ generation, authentication: ['token', 'session'] })
    const { token } = await member('ann')
    await call('PATCH user/', { token, json: { first_name: 'Änne' } })
    const answer = await call('GET user/', { token })
    expect(answer.text).toBe('{"pk":1,"username":"ann","email":"ann@example.org","first_name":"Änne","last_name":""}')
    const shown = ['content-type', 'allow', 'vary'].map((name) => answer.headers.get(name))
    expect(shown).toEqual(['application/json', 'GET, PUT, PATCH, HEAD, OPTIONS', 'Accept'])
  })

  it.each(['application/json; indent=4', 'text/plain, application/json; indent=4; q=0'])(
    'are indented for %s',
    async (accept) => {
      const { call } = newWorld({ generation })
      const answer = await call('POST logout/', { headers: { accept } })
      expect(answer.text).toBe('{\n    "detail": "Successfully logged out."\n}')
    },
  )

  it('are 406 where nothing fits, before anything else is looked at', async () => {
    const { call } = newWorld({ generation })
    const refusal = detail(406, 'Could not satisfy the request Accept header.')
    for (const [path, accept] of [
      ['', 'image/png'],
      ['', 'application/xml;q=1'],
      ['?format=json', 'text/html'],
      ['?format=api', 'application/json'],
    ] as const) {
      const headers = { accept, authorization: 'Token bad' }
      expect(told(await call(`POST login/${path}`, { headers }))).toEqual(refusal)
      expect(told(await call(`GET user/${path}`, { headers }))).toEqual(refusal)
    }
    expect(told(await call('GET user/?format=xml'))).toEqual(detail(404, 'Not found.'))
  })

  it('are pages with the same status for a browser', async () => {
    const { call, member } = newWorld({ generation, authentication: ['token', 'session'] })
    const { token } = await member('ann')
    const accept = 'text/html,application/xhtml+xml'
    const page = async (row: string, key?: string): Promise<Answer> => call(row, { headers: { accept }, token: key })
    const [login, user, mine] = [await page('GET login/'), await page('GET user/'), await page('GET user/', token)]
    expect([login.status, user.status, mine.status]).toEqual([405, 401, 200])
    expect(login.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(login.text).toContain('name="password" type="password"')
    expect(mine.text).toContain('&quot;username&quot;: &quot;ann&quot;')
  })

  it('are 405 for another method, after the log-in was asked for', async () => {
    const { call, member } = newWorld({ generation, authentication: ['token'] })
    const { token } = await member('ann')
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'FOO']) {
      const answer = await call(`${method} login/`)
      expect([...told(answer), answer.headers.get('allow')]).toEqual([
        405,
        { detail: `Method "${method}" not allowed.` },
        'POST, OPTIONS',
      ])
    }
    expect((await call('HEAD login/')).status).toBe(405)
    expect(told(await call('GET password/change/'))).toEqual([401, DETAILS.anonymous])
    expect((await call('GET password/change/', { token })).status).toBe(405)
    expect((await call('POST user/', { token })).status).toBe(405)
    expect((await call('HEAD user/', { token })).status).toBe(200)
  })

  it('describe a route to OPTIONS, with the fields that this caller may write', async () => {
    const { call, member } = newWorld({ generation, authentication: ['token'] })
    const { token } = await member('ann')
    const answer = await call('OPTIONS login/')
    expect(answer.body).toEqual({
      name: 'Login',
      description: expect.any(String),
      renders: ['application/json', 'text/html'],
      parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
      actions: {
        POST: {
          username: { type: 'string', required: false, read_only: false, label: 'Username' },
          email: { type: 'email', required: false, read_only: false, label: 'Email' },
          password: { type: 'string', required: true, read_only: false, label: 'Password' },
        },
      },
    })
    expect((await call('OPTIONS logout/')).body).not.toHaveProperty('actions')
    expect(told(await call('OPTIONS user/'))).toEqual([401, DETAILS.anonymous])
    const names = {
      'login/': 'Login',
      'logout/': 'Logout',
      'user/': 'User Details',
      'password/reset/': 'Password Reset',
      'password/reset/confirm/': 'Password Reset Confirm',
      'password/change/': 'Password Change',
      'registration/': 'Register',
      'registration/verify-email/': 'Verify Email',
      ...(generation === '7' ? { 'registration/resend-email/': 'Resend Email Verification' } : {}),
    }
    for (const [path, name] of Object.entries(names)) {
      expect((await call(`OPTIONS ${path}`, { token })).body).toMatchObject({ name })
    }
    expect((await call('OPTIONS user/', { token })).body).toMatchObject({
      actions: { PUT: { pk: { read_only: true }, username: { required: true, max_length: 150 } } },
    })
  })

  it('§1.2 the order of checks: what fits, credential, permission, method, body', async () => {
    const { call, member } = newWorld({ generation, authentication: ['token'] })
    const { token } = await member('ann')
    const bad = { authorization: 'Token bad' }
    const send = async (row: string, headers: Record<string, string>): Promise<number> =>
      (await call(row, { body: bytes('{'), headers })).status
    expect(await send('DELETE password/change/', { ...bad, accept: 'image/png' })).toBe(406)
    expect(await send('DELETE login/', bad)).toBe(401)
    expect(await send('DELETE password/change/', {})).toBe(401)
    expect(await send('DELETE password/change/', { authorization: `Token ${token}` })).toBe(405)
    expect(await send('POST password/change/', { authorization: `Token ${token}` })).toBe(415)
    expect(await send('POST password/change/', { authorization: `Token ${token}`, ...JSON_TYPE })).toBe(400)
  })
})

describe('a registration that is not open to this caller', () => {
  const CLOSED = { registerPermission: { allows: () => false, message: 'Members invite members.' } } as const

  it.each(GENERATIONS)(
    'rule 13: is told why to whoever has logged in, before method and fields, in %s',
    async (generation) => {
      const { call, member } = newWorld({ generation, ...CLOSED, authentication: ['token'] })
      const { token } = await member('ann')
      for (const row of ['POST registration/', 'GET registration/', 'DELETE registration/']) {
        expect([row, told(await call(row, { token }))]).toEqual([row, [403, { detail: 'Members invite members.' }]])
        expect([row, told(await call(row))]).toEqual([row, [401, DETAILS.anonymous]])
      }
    },
  )
})
