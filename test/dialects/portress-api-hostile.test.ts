import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DESCRIPTIONS, type EndpointName } from '../../src/dialects/portress-api/descriptions.ts'
import { openApiDocument } from '../../src/dialects/portress-api/index.ts'
import { field } from '../../src/model/declare-field.ts'
import { type ApiAnswer, type ApiClient, apiClient, type CallOptions } from '../support/api-client.ts'
import { PASSWORD } from '../support/api-world.ts'
import { type HttpServer, httpServer } from '../support/http-server.ts'
import { sampleProvider } from '../support/sample-provider.ts'
import { testAuth } from '../support/test-auth.ts'

// Over real sockets, because a parser that hangs or a server that dies is not seen in a function call. Every answer is
// checked against the document: no status, type or key that it does not promise.

const ENDPOINTS = Object.keys(DESCRIPTIONS) as readonly EndpointName[]

/** A body that is right for each row, as far as its shape goes. */
const RIGHT: Readonly<Record<string, unknown>> = {
  username: 'newcomer',
  email: 'newcomer@example.org',
  password: PASSWORD,
  firstName: 'Ann',
  lastName: 'Lee',
  identifier: 'nobody',
  carrier: 'token',
  code: 'x'.repeat(43),
  currentPassword: PASSWORD,
  newPassword: 'cherry-pie-5-supper',
  newEmail: 'other@example.org',
  newUsername: 'other',
  refreshToken: 'x',
  accessToken: 'x',
  idToken: 'x',
  tokenSecret: 'x',
  codeVerifier: 'x',
  nonce: 'x',
  next: '/',
  challenge: 'x'.repeat(43),
  verifier: 'x',
  motto: 'Onward',
  level: 3,
  isFan: true,
  born: '2000-01-01',
  colour: 'red',
  address: { street: 'Main St' },
}

const user = {
  fields: {
    motto: field.text({ required: true }),
    level: field.number({ default: 1, integer: true }),
    isFan: field.boolean({ default: false }),
    born: field.date({ default: new Date(0) }),
    colour: field.enum({ choices: ['red', 'blue'], default: 'red' }),
  },
  profiles: { address: { street: field.text({ required: true }) } },
}

/** What no field takes, whatever it is for. */
const HOSTILE: Readonly<Record<string, unknown>> = {
  null: null,
  'an empty list': [],
  'a list with a text': ['ann'],
  'an object': {},
  'an operator': { $ne: null },
  'a nested object': { toString: { valueOf: [] } },
  NUL: 'a\0b',
  'a lone surrogate': 'a\ud800b',
  'a huge text': 'x'.repeat(60_000),
  'a huge number': 1e308,
  'a number beyond all': Number.POSITIVE_INFINITY,
}

const server: HttpServer = await httpServer()
const faults: object[] = []
const { auth } = testAuth({
  site: { name: 'Acme', origin: server.origin },
  environment: 'development',
  social: { providers: [sampleProvider().factory] },
  user,
  logger: { debug() {}, info() {}, warn() {}, error: (fault) => faults.push(fault) },
})
const document = await openApiDocument(auth.config)
const call: ApiClient = await apiClient({ config: auth.config, url: `${server.origin}/api`, fetch })
let token: string

beforeAll(async () => {
  server.answerWith(auth.fetch)
  const ann = { username: 'ann', email: 'ann@example.org', password: PASSWORD, fields: { motto: 'Onward' } }
  await auth.createUser({ ...ann, passwordCheck: 'bypassed' })
  token = (await call('POST /login', { json: { identifier: 'ann', password: PASSWORD } })).body.token
})

afterAll(async () => {
  await server.close()
  await auth.close()
})

/** As Ann where the row wants somebody. */
const send = (name: EndpointName, options: CallOptions): Promise<ApiAnswer> =>
  call(name, { ...options, token: isOwn(name) ? token : undefined })

interface Operation {
  readonly security?: unknown
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: { readonly $ref: string } } }
  }
}

function operationOf(name: EndpointName): Operation {
  const [method = '', path = ''] = name.split(' ')
  return Object(document.paths[path.replaceAll(/:(\w+)/g, '{$1}')])[method.toLowerCase()]
}

const isOwn = (name: EndpointName): boolean => operationOf(name).security !== undefined

/** The fields of a row's body, and those that must be there, as the document has them. */
function fieldsOf(name: EndpointName): { readonly all: readonly string[]; readonly required: readonly string[] } {
  const reference = operationOf(name).requestBody?.content['application/json'].schema.$ref
  const schema = document.components.schemas[reference?.split('/').at(-1) ?? ''] ?? {}
  return { all: Object.keys(Object(schema['properties'])), required: [...((schema['required'] ?? []) as string[])] }
}

function rightBody(name: EndpointName): Record<string, unknown> {
  return Object.fromEntries(
    fieldsOf(name).all.map((key) => {
      if (!(key in RIGHT)) throw new Error(`RIGHT lacks a value for ${key}`)
      return [key, RIGHT[key]]
    }),
  )
}

const withBody = ENDPOINTS.filter((name) => operationOf(name).requestBody !== undefined)
const withoutBody = ENDPOINTS.filter((name) => !name.startsWith('GET') && operationOf(name).requestBody === undefined)

describe.each(withBody)('%s', (name) => {
  it.each(Object.entries(HOSTILE))('refuses %s in every field', async (_, value) => {
    for (const key of fieldsOf(name).all) {
      const { status, body } = await send(name, { json: { ...rightBody(name), [key]: value } })
      expect([key, status]).toEqual([key, expect.toSatisfy(isRefusal)])
      // A text may be refused for what it means before what is beside it is looked at: a code that is none. And whoever
      // proves to be nobody is not told what a new user would need.
      if (typeof value !== 'string' && body.code !== 'provider_refused') {
        expect([key, Object.keys(body.errors)[0]?.split('.')[0]]).toEqual([key, key])
      }
    }
  })

  it('refuses a missing field, and one that there is not', async () => {
    for (const key of fieldsOf(name).required) {
      const { [key]: _, ...rest } = rightBody(name)
      expect((await send(name, { json: rest })).body.errors).toMatchObject({ [key]: [{ code: 'required' }] })
    }
    const { status, body } = await send(name, { json: { ...rightBody(name), extra: 1, ['x'.repeat(5000)]: '\ud800' } })
    expect([status, Object.keys(body.errors)]).toEqual([400, ['extra', 'x'.repeat(5000)]])
  })

  it.each([
    ['a list', '[]'],
    ['nothing but null', 'null'],
    ['a text', '"ann"'],
    ['a number', '42'],
    ['half of JSON', '{"code":'],
    ['two values', '{}{}'],
    ['a trailing comma', '{"code":"x",}'],
    ['a comment', '{/**/}'],
    ['white space alone', ' '],
    ['a prototype', '{"__proto__":{"isStaff":true}}'],
    ['a nested prototype', '{"code":{"a":[{"__proto__":1}]}}'],
    ['a constructor', '{"constructor":{"prototype":{}}}'],
    ['a list of great depth', `{"code":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
    ['objects of great depth', `{"code":${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}}`],
    ['more keys than anybody has', JSON.stringify(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [i, 1])))],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
  ])('refuses a JSON body that is %s', async (_, body) => {
    const refused = await send(name, { headers: { 'content-type': 'application/json' }, body })
    expect([refused.status, refused.body.code]).toEqual([400, 'malformed_request'])
  })

  it.each([
    ['a key twice', 'code=a&code=b'],
    ['a prototype', '__proto__=1'],
    ['more keys than anybody has', Array.from({ length: 1001 }, (_, i) => `k${i}=1`).join('&')],
  ])('refuses a form with %s', async (_, body) => {
    const refused = await send(name, { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body })
    expect([refused.status, refused.body.code]).toEqual([400, 'malformed_request'])
  })

  it('refuses a form with what no field takes', async () => {
    for (const key of fieldsOf(name).all) {
      const refused = await send(name, { form: { ...formOf(rightBody(name)), [key]: 'a\0b' } })
      expect([key, refused.status]).toEqual([key, expect.toSatisfy(isRefusal)])
    }
  })

  it.each([
    'text/plain',
    'text/json',
    'application/xml',
    'application/json-patch+json',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'nonsense',
    '',
  ])('reads no body of type %j', async (type) => {
    const refused = await send(name, { headers: { 'content-type': type }, body: JSON.stringify(rightBody(name)) })
    expect([refused.status, refused.body.code]).toEqual([415, 'unsupported_media_type'])
  })

  it('refuses 10 MB at once, as JSON and as a form', async () => {
    for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
      const body = `{"code":"${'x'.repeat(10_000_000)}"}`
      const refused = await send(name, { headers: { 'content-type': type }, body })
      expect([refused.status, refused.body.code]).toEqual([413, 'payload_too_large'])
    }
  })
})

describe.each(withoutBody)('%s', (name) => {
  it.each([
    ['half of JSON', '{"code":'],
    ['10 MB', 'x'.repeat(10_000_000)],
  ])('does not read a body of %s', async (_, body) => {
    const before = await call('POST /login', { json: { identifier: 'ann', password: PASSWORD } })
    const headers = { 'content-type': 'application/json' }
    const { status } = await call(name, { headers, body, token: before.body.token, id: before.body.session.id })
    // The id is a session's, and of identities there are none.
    expect(status).toBe(name === 'DELETE /identities/:id' ? 404 : 204)
    token = (await call('POST /login', { json: { identifier: 'ann', password: PASSWORD } })).body.token
  })
})

describe('addresses and headers', () => {
  it.each(['%00', '%ff', '..%2f..%2fme', '__proto__', 'constructor', '%F0%9F%92%A9', "'--", '%24ne', 'x'.repeat(8000)])(
    'takes %s for no session',
    async (id) => {
      const { status, body } = await send('DELETE /sessions/:id', { id })
      expect([status, body.code]).toEqual([404, 'not_found'])
    },
  )

  it.each([
    ['authorization', 'Bearer '.repeat(1000)],
    ['authorization', `Bearer ${'a.'.repeat(2000)}`],
    ['authorization', `Bearer eyJhbGciOiJub25lIn0.${btoa('{"sub":"1"}')}.`],
    ['authorization', 'Bearer \u00e9'],
    ['cookie', `portress-session=${'x'.repeat(8000)}`],
    ['cookie', '=;;;=; portress-session'],
    ['cookie', 'portress-session="a"; portress-session=b'],
    ['accept-language', 'de;q='.repeat(2000)],
    ['x-forwarded-for', '1.2.3.4,'.repeat(1000)],
    ['content-type', 'application/json;'.repeat(500)],
    ['user-agent', '\u0080\u0085<script>'.repeat(300)],
    ['accept', '*/*;q=nan'],
  ])('answers somebody without a session whose %s is %s', async (name, value) => {
    const { status } = await call('GET /me', { headers: { [name]: value } })
    expect(status).toBe(401)
  })

  it('takes a client that goes away in the middle of its body for no fault of its own', async () => {
    const answering: Promise<Response>[] = []
    server.answerWith((request, peer) => {
      const answer = auth.fetch(request, peer)
      answering.push(answer)
      return answer
    })
    const socket = connect(server.port, '127.0.0.1')
    await once(socket, 'connect')
    const head = 'POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n'
    socket.end(`${head}{"identifier":`)
    await text(socket)
    expect(await Promise.all(answering)).toMatchObject([{ status: 400 }])
    expect(faults).toEqual([])
    server.answerWith(auth.fetch)
    expect((await call('GET /.well-known/jwks.json')).status).toBe(200)
  })
})

const isRefusal = (status: unknown): boolean => typeof status === 'number' && status >= 400 && status < 500

const formOf = (values: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]))
