import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { ANONYMOUS, detail, NOT_FOUND, PUBLIC_ROWS, SIGNED_IN_ROWS, WORDS } from './support/words.ts'
import { restRegistrationWorlds, SESSIONS_ONLY, TOKENS_ONLY } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const JSON_TYPE = { 'content-type': 'application/json' }

const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }

const EMPTY_LOGIN = { login: [WORDS.REQUIRED], password: [WORDS.REQUIRED] }

const RIGHT = { login: 'ann', password: PASSWORD }

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const post = (body: string, headers: Record<string, string> = JSON_TYPE) =>
  newWorld().call('POST login/', { body: bytes(body), headers })

describe('§1 transport', () => {
  it('T1: every endpoint is below the mount and ends in a slash', async () => {
    const { call } = newWorld()
    for (const row of [...PUBLIC_ROWS, ...SIGNED_IN_ROWS]) {
      expect([row, (await call(row, { json: {} })).status]).not.toEqual([row, 404])
    }
    expect((await call('POST nothing/')).status).toBe(404)
  })

  it.each(['POST', 'GET', 'DELETE'])('T2: %s without the slash leads to the path with it', async (method) => {
    const { call } = newWorld()
    const answer = await call(`${method} register?a=1&b=%20`)
    expect([answer.status, answer.headers.get('location'), answer.text]).toEqual([
      301,
      '/accounts/register/?a=1&b=%20',
      '',
    ])
  })

  it('T3: JSON, a form and a multipart form are read, whatever the letters of the type', async () => {
    const { call, addUser } = newWorld()
    await addUser('ann')
    const multipart = new FormData()
    for (const [name, value] of Object.entries(RIGHT)) multipart.append(name, value)
    const headers = { 'content-type': 'APPLICATION/JSON ; charset=utf-8' }
    for (const sent of [
      { json: RIGHT },
      { form: RIGHT },
      { body: multipart },
      { body: JSON.stringify(RIGHT), headers },
    ]) {
      expect((await call('POST login/', sent)).status).toBe(200)
    }
  })

  it.each(['application/xml', 'text/plain; charset=utf-8', ''])(
    'T3: a body of another type is refused, naming all of it: %s',
    async (type) => {
      const answer = await post('{}', type === '' ? {} : { 'content-type': type })
      expect(told(answer)).toEqual(detail(415, `Unsupported media type "${type}" in request.`))
    },
  )

  it.each(['', 'application/xml', 'application/json', 'image/png'])('T3: no body of type "%s" is {}', async (type) => {
    expect(told(await post('', type === '' ? {} : { 'content-type': type }))).toEqual([400, EMPTY_LOGIN])
  })

  it('T3: a multipart body without a readable part is {}, and of a repeated key the last counts', async () => {
    const empty = await post('--x\r\n', { 'content-type': 'multipart/form-data; boundary=y' })
    expect(told(empty)).toEqual([400, EMPTY_LOGIN])
    const { call, addUser } = newWorld()
    await addUser('ann')
    const json = `{"login":"x","login":"ann","password":"wrong","password":"${PASSWORD}"}`
    expect((await call('POST login/', { body: json, headers: JSON_TYPE })).status).toBe(200)
    const form = `login=x&login=ann&password=wrong&password=${PASSWORD}`
    expect((await call('POST login/', { body: form, headers: FORM_TYPE })).status).toBe(200)
  })

  it('T4: answers are compact JSON, pages for a browser, and refused where nothing fits', async () => {
    const { call, member } = newWorld(TOKENS_ONLY)
    const { token } = await member('ann')
    const json = await call('GET profile/', { token })
    expect(json.text).toBe('{"id":1,"username":"ann","first_name":"","last_name":"","email":"ann@example.org"}')
    expect(json.headers.get('content-type')).toBe('application/json')
    const page = await call('GET profile/', { token, headers: { accept: 'text/html' } })
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    const refusal = detail(406, 'Could not satisfy the request Accept header.')
    expect(told(await call('POST login/', { headers: { accept: 'image/png' } }))).toEqual(refusal)
    expect(told(await call('POST login/?format=json', { headers: { accept: 'text/html' } }))).toEqual(refusal)
    expect(told(await call('POST login/?format=xml'))).toEqual([404, NOT_FOUND])
  })

  it('T5: headers, and Vary names Cookie only where one was looked for', async () => {
    const { headers } = await newWorld().call('POST login/', { json: {} })
    const shown = ['vary', 'allow', 'x-content-type-options', 'referrer-policy', 'x-frame-options'].map((name) =>
      headers.get(name),
    )
    expect(shown).toEqual(['Accept, Cookie', 'POST, OPTIONS', 'nosniff', 'no-referrer', 'DENY'])
    for (const authentication of [['token'], ['basic']] as const) {
      const answer = await newWorld({ authentication }).call('POST login/', { json: {} })
      expect(answer.headers.get('vary')).toBe('Accept')
    }
    const { call, member } = newWorld({ authentication: ['token', 'session'] })
    const { token } = await member('ann')
    expect((await call('GET profile/', { token })).headers.get('vary')).toBe('Accept')
    expect((await call('GET profile/')).headers.get('vary')).toBe('Accept, Cookie')
  })

  it.each(['{', '{"a":NaN}', '\ufeff{}', "{'a':1}", '\u0000'])('T6: malformed JSON is told: %s', async (body) => {
    const { status, body: said } = await post(body)
    expect([status, said]).toEqual([400, { detail: expect.stringMatching(/^JSON parse error - ./) }])
  })

  it('T6: bytes that are not UTF-8, and a multipart form without a boundary', async () => {
    const raw = await newWorld().call('POST login/', { body: new Uint8Array([0x22, 0xff, 0x22]), headers: JSON_TYPE })
    expect([raw.status, raw.body]).toEqual([400, { detail: expect.stringMatching(/^JSON parse error - ./) }])
    const { status, body } = await post('--x\r\n', { 'content-type': 'multipart/form-data' })
    expect([status, body]).toEqual([400, { detail: expect.stringMatching(/^Multipart form parse error - ./) }])
  })

  it.each([
    ['[]', 'list'],
    ['"x"', 'str'],
    ['1', 'int'],
    ['1.5', 'float'],
    ['true', 'bool'],
  ])('T7: a body that is no object is told by its kind: %s', async (body, kind) => {
    const sentence = `Invalid data. Expected a dictionary, but got ${kind}.`
    expect(told(await post(body))).toEqual([400, { non_field_errors: [sentence] }])
  })

  it('T7: null is no data', async () => {
    expect(told(await post('null'))).toEqual([400, { non_field_errors: ['No data provided'] }])
  })

  it('T8: any other method is refused with Allow, once it is known who asks', async () => {
    const { call, member } = newWorld(TOKENS_ONLY)
    const { token } = await member('ann')
    for (const row of PUBLIC_ROWS) {
      const [, path = ''] = row.split(' ')
      for (const method of ['GET', 'PUT', 'DELETE', 'FOO']) {
        const answer = await call(`${method} ${path}`)
        expect([path, ...told(answer), answer.headers.get('allow')]).toEqual([
          path,
          405,
          { detail: `Method "${method}" not allowed.` },
          'POST, OPTIONS',
        ])
      }
    }
    expect(told(await call('DELETE profile/'))).toEqual([401, ANONYMOUS])
    const answer = await call('DELETE profile/', { token })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST, PUT, PATCH, HEAD, OPTIONS'])
    expect((await call('HEAD profile/', { token })).status).toBe(200)
  })

  it('T9: OPTIONS describes what a public endpoint takes, and is refused where one must be signed in', async () => {
    const { call } = newWorld()
    const { status, body } = await call('OPTIONS login/')
    expect([status, body]).toEqual([
      200,
      {
        name: 'Login',
        description: '',
        renders: ['application/json', 'text/html'],
        parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
        actions: {
          POST: {
            login: { type: 'string', required: true, read_only: false, label: 'Login' },
            password: { type: 'string', required: true, read_only: false, label: 'Password' },
          },
        },
      },
    ])
    expect(told(await call('OPTIONS profile/'))).toEqual([403, ANONYMOUS])
  })

  it('T10: what nobody asked for is left alone', async () => {
    const { call, member, stored } = newWorld()
    const { token } = await member('ann')
    const json = { ...RIGHT, id: 7, is_staff: true, remember: [{}] }
    expect((await call('POST login/', { json })).status).toBe(200)
    await call('PATCH profile/', {
      token,
      json: { id: 7, is_staff: true, is_active: false, password: 'x', nothing: 1 },
    })
    expect(await stored('ann')).toMatchObject({ id: 1, isStaff: false, status: 'active' })
    expect((await call('POST login/', { json: RIGHT })).status).toBe(200)
  })

  it.each([
    [{}, 403, null],
    [SESSIONS_ONLY, 403, null],
    [TOKENS_ONLY, 401, 'Token'],
    [{ authentication: ['basic', 'session'] }, 401, 'Basic realm="api"'],
  ] as const)('T12: without credentials (%j) the answer is %i', async (options, status, challenge) => {
    const { call } = newWorld(options)
    for (const row of [...SIGNED_IN_ROWS, 'GET profile/']) {
      const answer = await call(row)
      expect([row, ...told(answer), answer.headers.get('www-authenticate')]).toEqual([
        row,
        status,
        ANONYMOUS,
        challenge,
      ])
    }
  })

  it.each([
    ['register/', { registerFlowEnabled: false }],
    ['verify-registration/', { registerVerificationEnabled: false }],
    ['send-reset-password-link/', { resetPasswordVerificationEnabled: false }],
    ['reset-password/', { resetPasswordVerificationEnabled: false }],
    ['verify-email/', { registerEmailVerificationEnabled: false }],
  ] as const)('T14: %s is not there where %j, which is told before the body is read', async (path, options) => {
    const { call } = newWorld(options)
    expect(told(await call(`POST ${path}`, { body: '{', headers: JSON_TYPE }))).toEqual([404, NOT_FOUND])
    expect((await call(`GET ${path}`)).status).toBe(405)
    expect((await call(`POST ${path}`, { token: 'bad' })).status).toBe(403)
  })

  it('T15: one count over all endpoints; whoever is not let in does not count', async () => {
    const { call } = newWorld({ ...TOKENS_ONLY, throttleRate: { requests: 3, windowSeconds: 60 } })
    expect((await call('GET profile/')).status).toBe(401)
    expect((await call('POST login/', { token: 'bad' })).status).toBe(401)
    expect((await call('DELETE login/')).status).toBe(405)
    expect((await call('POST register/', { body: '{', headers: JSON_TYPE })).status).toBe(400)
    expect((await call('OPTIONS reset-password/')).status).toBe(200)
    const answer = await call('POST login/', { json: RIGHT })
    expect([...told(answer), answer.headers.get('retry-after')]).toEqual([
      429,
      { detail: 'Request was throttled. Expected available in 60 seconds.' },
      '60',
    ])
    expect((await call('GET profile/')).status).toBe(401)
  })

  it('T15: without a rate nothing of this is counted', async () => {
    const { call } = newWorld({ throttleRate: null })
    for (const _ of Array.from({ length: 30 })) expect((await call('POST login/', { json: {} })).status).toBe(400)
  })

  it('T16: a fault is JSON with a request id and nothing more', async () => {
    const profile = () => {
      throw new Error('secret')
    }
    const { call, addUser } = newWorld({ serialize: { profile } })
    await addUser('ann')
    const answer = await call('GET profile/', { basic: `ann:${PASSWORD}` })
    expect(answer.status).toBe(500)
    expect(Object.keys(Object(answer.body))).toEqual(['detail', 'request_id'])
    expect(answer.text).not.toContain('secret')
  })
})

describe('§1 envelopes', () => {
  it('T11: SUCCESS_RESPONSE_BUILDER makes the answer of the message, its status and what goes with it', async () => {
    const { call, addUser } = newWorld({
      successResponseBuilder: ({ message, status, extra }) => ({ ok: status, text: message, ...extra }),
    })
    await addUser('ann')
    const login = await call('POST login/', { json: RIGHT })
    expect(login.body).toEqual({ ok: 200, text: 'Login successful', token: expect.any(String) })
    const { token } = Object(login.body)
    expect((await call('POST logout/', { token })).body).toEqual({ ok: 200, text: 'Logout successful' })
    expect((await call('GET profile/', { token })).body).toMatchObject({ username: 'ann' })
  })

  it('T13: errors of fields, of the door, and of the door under non_field_errors', async () => {
    const json = { ...RIGHT, password: 'wrong' }
    const [plain, keyed] = [newWorld(), newWorld({ useNonFieldErrorsKeyFromDrfSettings: true })]
    for (const { call } of [plain, keyed])
      expect(told(await call('POST login/', { json: {} }))).toEqual([400, EMPTY_LOGIN])
    expect(told(await plain.call('POST login/', { json }))).toEqual(detail(400, 'Login or password invalid.'))
    expect(told(await keyed.call('POST login/', { json }))).toEqual([
      400,
      { non_field_errors: ['Login or password invalid.'] },
    ])
    // Only the door's own errors change.
    expect(told(await keyed.call('GET profile/'))).toEqual([403, ANONYMOUS])
    expect(told(await keyed.call('GET login/'))).toEqual(detail(405, 'Method "GET" not allowed.'))
  })

  it('R37: an error of the door is a text under detail, and a list of it under the other key', async () => {
    const sent = { json: { ...RIGHT, password: 'wrong' } }
    const plain = await newWorld().call('POST login/', sent)
    expect(typeof Object(plain.body).detail).toBe('string')
    const keyed = await newWorld({ useNonFieldErrorsKeyFromDrfSettings: true }).call('POST login/', sent)
    expect(Array.isArray(Object(keyed.body).non_field_errors)).toBe(true)
  })
})

describe('two doors beside each other', () => {
  it('name: the attempt log tells which one it was', async () => {
    const { call, store } = newWorld({ name: 'accounts' })
    await call('POST login/', { json: RIGHT })
    expect((await store.attempts.list({ limit: 1 }))[0]).toMatchObject({ door: 'accounts' })
  })
})
