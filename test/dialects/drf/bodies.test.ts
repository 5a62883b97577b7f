import { describe, expect, it } from 'vitest'
import { type DoorAnswer, doorSites } from './support/door-site.ts'

const newSite = doorSites()

const REQUIRED = { username: ['This field is required.'] }
const SECRET = 'hunter2-hunter2'

type Body = NonNullable<RequestInit['body']>

const send = (type: string | null, body: Body): Promise<DoorAnswer> =>
  newSite().call('POST echo/', { body, headers: type === null ? {} : { 'content-type': type } })

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text))

const told = ({ status, body }: DoorAnswer): unknown => [status, body]

describe('an empty body', () => {
  it.each(['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain', null])(
    'of type %s is an empty object',
    async (type) => {
      const answer = await newSite().call('POST echo/', { headers: type === null ? {} : { 'content-type': type } })
      expect(told(answer)).toEqual([400, REQUIRED])
    },
  )
})

describe('a type', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset=latin1',
    ' application/json ;x',
  ])('%s is JSON', async (type) => {
    expect(told(await send(type, '{"username":"ann"}'))).toEqual([200, { username: 'ann' }])
  })

  it.each(['text/plain', 'text/plain; charset="utf-8"', 'application/xml', 'application/jsonx', 'json', '"\\'])(
    '%s is a 415 that names the whole header',
    async (type) => {
      const { status, body, text } = await send(type, `{"password":"${SECRET}"}`)
      expect([status, body]).toEqual([415, { detail: `Unsupported media type "${type}" in request.` }])
      expect(text).not.toContain(SECRET)
    },
  )

  it('that is missing is a 415 with an empty name', async () => {
    const answer = await send(null, bytes('{"username":"ann"}'))
    expect(told(answer)).toEqual([415, { detail: 'Unsupported media type "" in request.' }])
  })

  it('is shown on the page without becoming a part of it', async () => {
    const headers = { 'content-type': 'x/<script>alert(1)</script>', accept: 'text/html' }
    const { status, text } = await newSite().call('POST echo/', { body: 'x', headers })
    expect(status).toBe(415)
    expect(text).not.toContain('<script>')
    expect(text).toContain('x/&lt;script&gt;')
  })
})

describe('JSON', () => {
  it.each([
    ['nothing but white space', '  '],
    ['a trailing comma', '{"username":"a",}'],
    ['NaN', '{"username":NaN}'],
    ['Infinity', '{"username":-Infinity}'],
    ['a byte order mark', '\uFEFF{"username":"a"}'],
    ['a word', `{"password": ${SECRET}}`],
    ['an open text', `{"password":"${SECRET}`],
    ['a raw line break in a text', `{"password":"${SECRET}\n"}`],
    ['two values', `{} "${SECRET}"`],
    ['22 levels', '['.repeat(22) + ']'.repeat(22)],
    ['thousands of levels', '{"a":'.repeat(9000) + 1 + '}'.repeat(9000)],
    ['an endless opening', '['.repeat(60_000)],
    ['thousands of values', JSON.stringify(Array.from({ length: 5000 }, () => 1))],
  ])('with %s is a parse error that quotes nothing of it', async (_, body) => {
    const { status, text } = await send('application/json', body)
    expect(status).toBe(400)
    expect(text).toMatch(/^\{"detail":"JSON parse error - the body [a-z A-Z0-9-]+"\}$/)
    expect(text).not.toContain('hunter')
  })

  it('that is not UTF-8 is a parse error', async () => {
    const broken = new Uint8Array([...bytes('{"username":"'), 0xff, 0xfe, ...bytes('"}')])
    const { status, text } = await send('application/json', broken)
    expect([status, text]).toEqual([400, '{"detail":"JSON parse error - the body is not UTF-8"}'])
  })

  it.each([
    ['[]', 'list'],
    ['"a"', 'str'],
    ['1', 'int'],
    ['-1.5', 'float'],
    ['true', 'bool'],
  ])('%s instead of an object is told to be a %s', async (body, type) => {
    const detail = `Invalid data. Expected a dictionary, but got ${type}.`
    expect(told(await send('application/json', body))).toEqual([400, { non_field_errors: [detail] }])
  })

  it('null is told to be no data', async () => {
    expect(told(await send('application/json', 'null'))).toEqual([400, { non_field_errors: ['No data provided'] }])
  })

  it('counts the last of repeated keys, and ignores unknown ones', async () => {
    const body = '{"username":1,"__proto__":{"email":"x"},"constructor":null,"username":"b","is_staff":true}'
    expect(told(await send('application/json', body))).toEqual([200, { username: 'b' }])
  })

  it('of 10 MB is a 413 in JSON', async () => {
    const answer = await send('application/json', JSON.stringify({ username: 'x'.repeat(10_000_000) }))
    expect([...(told(answer) as unknown[]), answer.headers.get('allow')]).toEqual([
      413,
      { detail: 'The request is too large.' },
      'POST, OPTIONS',
    ])
  })

  it('that breaks off is a parse error', async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.error(new Error('gone'))
      },
    })
    const request = new Request('https://acme.test/door/echo/', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
      duplex: 'half',
    })
    expect((await newSite().auth.fetch(request)).status).toBe(400)
  })
})

describe('a form', () => {
  const FORM = 'application/x-www-form-urlencoded'

  it.each([
    ['username=ann&email=', { username: 'ann', email: '' }],
    ['username=a+b', null],
    ['username=a&username=b', { username: 'b' }],
    ['username=%C3%A4', { username: 'ä' }],
    ['username=12', { username: '12' }],
    ['username=a&__proto__=x&constructor=y', { username: 'a' }],
  ])('%s', async (body, values) => {
    const answer = await send(FORM, body)
    expect(answer.status).toBe(values === null ? 400 : 200)
    if (values !== null) expect(answer.body).toEqual(values)
  })

  it('with letters that are not UTF-8 gets the sign for it, and is judged with that', async () => {
    const { status, body } = await send(FORM, 'username=%ff%00')
    const { username } = body as { readonly username: readonly string[] }
    expect([status, username]).toEqual([
      400,
      [
        'Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.',
        'Null characters are not allowed.',
      ],
    ])
  })

  it('of thousands of fields is a 413', async () => {
    expect((await send(FORM, 'a=1&'.repeat(2000))).status).toBe(413)
  })

  it('never takes anything from the query', async () => {
    const answer = await newSite().call('POST echo/?username=ann', { form: { email: 'a@b.co' } })
    expect(told(answer)).toEqual([400, REQUIRED])
  })
})

describe('a multipart form', () => {
  const TYPE = 'multipart/form-data; boundary=b'
  const part = (name: string, value: string, more = '') =>
    `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`

  it('gives its fields, the last of each', async () => {
    const form = new FormData()
    form.append('username', 'a')
    form.append('username', 'b')
    const response = await newSite().auth.fetch(
      new Request('https://acme.test/door/echo/', { method: 'POST', body: form }),
    )
    expect([response.status, await response.json()]).toEqual([200, { username: 'b' }])
  })

  it.each([`${TYPE}`, 'Multipart/Form-Data; Boundary="b"', 'multipart/form-data;boundary=b;charset=utf-8'])(
    'is read by the boundary in %s',
    async (type) => {
      expect(told(await send(type, `${part('username', 'ann')}--b--\r\n`))).toEqual([200, { username: 'ann' }])
    },
  )

  it('with a file where text belongs is told so', async () => {
    const body = `${part('username', 'x', '; filename="x.txt"')}${part('email', 'x', '; filename="y"')}--b--\r\n`
    expect(told(await send(TYPE, body))).toEqual([
      400,
      { username: ['Not a valid string.'], email: ['Enter a valid email address.'] },
    ])
  })

  it.each(['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; x=boundary'])(
    'without a boundary is a parse error: %s',
    async (type) => {
      const detail = 'Multipart form parse error - Invalid boundary in multipart: None'
      expect(told(await send(type, bytes(part('username', 'ann'))))).toEqual([400, { detail }])
    },
  )

  it.each([
    ['the boundary does not occur', 'multipart/form-data; boundary=zz', part('username', 'ann')],
    ['there is no part', TYPE, '--b--\r\n'],
    ['there is nothing readable', TYPE, '\0\xff--b\r\n\r\n\r\n--b--'],
  ])('is empty where %s', async (_, type, body) => {
    expect(told(await send(type, bytes(body)))).toEqual([400, REQUIRED])
  })

  it('that breaks off in a part is a parse error that quotes nothing', async () => {
    const { status, text } = await send(TYPE, bytes(part('password', SECRET)))
    expect([status, text]).toEqual([400, '{"detail":"Multipart form parse error - Invalid multipart body"}'])
  })
})

describe('hostile texts', () => {
  const TEXTS = ['\0', '\ud800', 'a\udfff', '\u2028', '\u202e', '<script>', '\'"--', '𝔘', 'x'.repeat(5000)]

  it('are refused or given back in every field, and never a fault', async () => {
    const { call } = newSite()
    const inEachShape = TEXTS.map((text) => JSON.stringify(text)).flatMap((json) => [json, `[${json}]`, `{${json}:1}`])
    for (const value of [...inEachShape, 'null', '1e999', 'true', '-0', '12345678901234567890']) {
      const body = `{"username":${value},"email":${value}}`
      const headers = { 'content-type': 'application/json' }
      const { status } = await call('POST echo/', { body, headers })
      expect([200, 400]).toContain(status)
      const page = await call('POST echo/', { body, headers: { ...headers, accept: 'text/html' } })
      expect([page.status, page.text.includes('<script')]).toEqual([status, false])
    }
  })

  it('are refused in headers and queries', async () => {
    const { call } = newSite()
    const values = ['\u00ff\u0080', 'x'.repeat(20_000), '%00', '%ud800', '\\', '"', "'", '{}', '=;=', ',,,', 'a\tb']
    for (const name of [
      'accept',
      'authorization',
      'content-type',
      'cookie',
      'accept-language',
      'x-csrftoken',
      'referer',
    ]) {
      for (const value of values) {
        const { status } = await call('POST echo/', { body: '{}', headers: { [name]: value } })
        expect([name, value, status >= 400 && status < 500]).toEqual([name, value, true])
      }
    }
    for (const value of values) {
      const { status } = await call(`GET people/1/?${encodeURI(value)}&format=${encodeURIComponent(value)}`)
      expect([value, status]).toEqual([value, 404])
    }
  })
})
