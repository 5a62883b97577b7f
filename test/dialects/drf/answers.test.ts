import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type HttpServer, httpServer } from '../../support/http-server.ts'
import { type DoorAnswer, doorSites } from './support/door-site.ts'
import { PASSWORD } from './support/passwords.ts'

const newSite = doorSites()

const PATHS = [
  ['me/', 'GET, PUT, PATCH, HEAD, OPTIONS'],
  ['token/login', 'POST, OPTIONS'],
  ['jwt/create', 'POST, OPTIONS'],
  ['nothing', 'POST, DELETE, OPTIONS'],
  ['people/1/', 'GET, HEAD, OPTIONS'],
] as const

describe('Allow', () => {
  it.each(PATHS)('of %s is %s, whatever is answered', async (path, allow) => {
    const site = newSite()
    const authorization = await site.member('ann')
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'FOO']) {
      for (const headers of [{}, { authorization }, { authorization: 'Token bad' }, { accept: 'image/png' }]) {
        const answer = await site.call(`${method} ${path}`, { headers })
        expect([method, answer.headers.get('allow')]).toEqual([method, allow])
      }
    }
  })
})

describe('a method that a path does not have', () => {
  it.each(['PUT', 'DELETE', 'HEAD', 'PROPFIND', 'INVENTED', 'x-y', 'constructor', '__proto__', 'toString'])(
    '%s is a 405 that names it',
    async (method) => {
      const { status, body } = await newSite().call(`${method} token/login`)
      expect([status, body]).toEqual([405, method === 'HEAD' ? null : { detail: `Method "${method}" not allowed.` }])
    },
  )

  it('is told only to whoever may come in', async () => {
    const site = newSite()
    expect((await site.call('DELETE me/')).status).toBe(401)
    expect((await site.call('GET logout/')).status).toBe(401)
    const headers = { authorization: await site.member('ann') }
    expect((await site.call('DELETE me/', { headers })).status).toBe(405)
    expect((await site.call('GET logout/', { headers })).status).toBe(405)
  })
})

describe('HEAD', () => {
  it('is a GET without its body', async () => {
    const site = newSite()
    const headers = { authorization: await site.member('ann') }
    const [get, head] = [await site.call('GET me/', { headers }), await site.call('HEAD me/', { headers })]
    expect([head.status, head.text, Object.fromEntries(head.headers)]).toEqual([
      200,
      '',
      Object.fromEntries(get.headers),
    ])
  })
})

describe('OPTIONS', () => {
  it('describes a path, its types and the fields of what may be sent', async () => {
    const { status, text } = await newSite().call('OPTIONS echo/')
    const parses = '["application/json","application/x-www-form-urlencoded","multipart/form-data"]'
    const username = '{"type":"string","required":true,"read_only":false,"label":"Username","max_length":10}'
    const email = '{"type":"email","required":false,"read_only":false,"label":"Email address","max_length":254}'
    expect([status, text]).toEqual([
      200,
      `{"name":"Echo","description":"","renders":["application/json","text/html"],"parses":${parses},"actions":{"POST":{"username":${username},"email":${email}}}}`,
    ])
  })

  it('names no actions where nothing is read, and needs a log-in where the path does', async () => {
    const site = newSite()
    expect((await site.call('OPTIONS people/1/')).body).not.toHaveProperty('actions')
    expect((await site.call('OPTIONS me/')).status).toBe(401)
    const { body } = await site.call('OPTIONS me/', { headers: { authorization: await site.member('ann') } })
    expect(body).toMatchObject({ name: 'User Details', description: 'Who is asking.', actions: { PUT: {} } })
  })

  it('is a preflight only to a trusted origin of another address', async () => {
    const site = newSite({
      site: { name: 'Acme', origin: 'https://acme.test', trustedOrigins: ['https://app.acme.test'] },
    })
    const preflight = (origin: string): Promise<DoorAnswer> =>
      site.call('OPTIONS me/', { headers: { origin, 'access-control-request-method': 'PATCH' } })
    const { status, headers } = await preflight('https://app.acme.test')
    expect([status, headers.get('access-control-allow-methods'), headers.get('access-control-allow-headers')]).toEqual([
      204,
      'GET, PUT, PATCH, HEAD, OPTIONS',
      'Authorization, Content-Type, X-CSRFToken',
    ])
    expect((await preflight('https://evil.example')).status).toBe(401)
    expect((await preflight('https://acme.test')).status).toBe(401)
  })
})

describe('Vary', () => {
  it('names the session cookie only where it was looked for', async () => {
    const tokens = newSite()
    expect((await tokens.call('GET people/1/')).headers.get('vary')).toBe('Accept')
    const sessions = newSite({ door: { schemes: ['token', 'session'] } })
    const varyOf = async (row: string, headers = {}) => (await sessions.call(row, { headers })).headers.get('vary')
    expect(await varyOf('GET people/1/')).toBe('Accept, Cookie')
    expect(await varyOf('GET me/')).toBe('Accept, Cookie')
    expect(await varyOf('DELETE echo/')).toBe('Accept, Cookie')
    expect(await varyOf('GET me/', { authorization: await sessions.member('ann') })).toBe('Accept')
    expect(await varyOf('GET me/', { accept: 'image/png' })).toBe('Accept')
    expect(await varyOf('POST jwt/create')).toBe('Accept')
  })

  it('names the language where answers are translated, and they say which it is', async () => {
    const site = newSite({ door: { isTranslated: true, schemes: ['session'] } })
    const headers = { 'accept-language': 'xx, de-AT;q=0.5' }
    const { headers: told, body } = await site.call('GET me/', { headers })
    expect([told.get('vary'), told.get('content-language')]).toEqual(['Accept, Accept-Language, Cookie', 'de'])
    expect(body).not.toEqual({ detail: 'Authentication credentials were not provided.' })
  })

  it('and the words stay English where they are not, whatever the site speaks', async () => {
    const site = newSite({ mail: { languages: ['de', 'en'] } })
    const { headers, body } = await site.call('GET me/', { headers: { 'accept-language': 'de' } })
    expect([headers.get('content-language'), body]).toEqual([
      null,
      { detail: 'Authentication credentials were not provided.' },
    ])
  })

  it('names the origin where another site is trusted', async () => {
    const trusted = { name: 'Acme', origin: 'https://acme.test', trustedOrigins: ['https://app.acme.test'] }
    const { headers } = await newSite({ site: trusted }).call('GET people/1/', {
      headers: { origin: 'https://app.acme.test' },
    })
    expect([headers.get('vary'), headers.get('access-control-allow-origin')]).toEqual([
      'Accept, Origin',
      'https://app.acme.test',
    ])
  })
})

describe('an answer without a body', () => {
  it('has no type, be it a 204 or a 400', async () => {
    const site = newSite()
    const authorization = await site.member('ann')
    for (const [row, status] of [
      ['POST logout/', 204],
      ['POST nothing', 400],
    ] as const) {
      const answer = await site.call(row, { headers: { authorization: row === 'POST nothing' ? '' : authorization } })
      expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([status, '', null])
      expect(answer.headers.get('vary')).toBe('Accept')
    }
  })
})

describe('every answer', () => {
  it('keeps the security headers of the product', async () => {
    const { call } = newSite()
    for (const row of [
      'GET people/1/',
      'GET me/',
      'FOO me/',
      'GET nowhere',
      'GET people/1',
      'POST nothing',
      'GET portress.css',
    ]) {
      const { headers } = await call(row)
      expect([row, headers.get('x-content-type-options'), headers.get('x-frame-options')]).toEqual([
        row,
        'nosniff',
        'DENY',
      ])
      expect([row, headers.get('strict-transport-security')]).toEqual([row, 'max-age=31536000; includeSubDomains'])
      expect([row, headers.get('content-security-policy')?.includes("default-src 'none'")]).toEqual([row, true])
    }
  })
})

describe('slashes', () => {
  it('that are required are added by a redirect, by any method, with the query and nothing else', async () => {
    const { call } = newSite()
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
      const { status, headers, text } = await call(`${method} me?x=1&y=%0d%0a//z`)
      expect([method, status, headers.get('location'), text]).toEqual([method, 301, '/door/me/?x=1&y=%0d%0a//z', ''])
      expect([headers.get('allow'), headers.get('content-type')]).toEqual([null, null])
    }
    expect((await call('GET people/5')).headers.get('location')).toBe('/door/people/5/')
    expect((await call('GET people/%2f%2fevil')).headers.get('location')).toBe('/door/people/%2f%2fevil/')
  })

  it('that are optional or unwanted are served, or are nothing', async () => {
    const { call } = newSite()
    for (const [path, status] of [
      ['token/login', 400],
      ['token/login/', 400],
      ['token/login//', 404],
      ['nothing', 400],
      ['nothing/', 404],
      ['me//', 404],
      ['/me/', 404],
    ] as const) {
      expect([path, (await call(`POST ${path}`)).status]).toEqual([path, path === 'me//' ? 404 : status])
    }
  })

  it('never lead to another site', async () => {
    const { auth } = newSite()
    for (const path of [
      '//evil.example/door/me',
      '/door//evil.example',
      '//evil.example',
      '/\\evil.example',
      '/door/\\/evil',
    ]) {
      const response = await auth.fetch(new Request(`https://acme.test${path}`))
      expect([path, response.status, response.headers.get('location')]).toEqual([path, 404, null])
    }
  })
})

describe('a path that matches by its beginning', () => {
  it.each(['jwt/create', 'jwt/create/', 'jwt/createx', 'jwt/create/extra', 'jwt/create/a/b?c=d', 'jwt/create.json'])(
    'serves %s',
    async (path) => {
      const site = newSite()
      await site.addUser('ann')
      const { status } = await site.call(`POST ${path}`, { json: { username: 'ann', password: PASSWORD } })
      expect(status).toBe(200)
    },
  )

  it.each(['jwt/creat', 'jwt/xcreate', 'jwt/', 'xjwt/create'])('does not serve %s', async (path) => {
    expect((await newSite().call(`POST ${path}`)).status).toBe(404)
  })
})

describe('a path that nobody answers', () => {
  it('is a page and no JSON', async () => {
    const { status, headers, text } = await newSite().call('GET nowhere/<script>')
    expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    expect(text).not.toContain('<script')
  })
})

describe('over real HTTP', () => {
  let server: HttpServer | undefined
  afterEach(() => server?.close())

  it('TRACE is a 405, an empty answer has no length but 0, and raw bytes in a path are no fault', async () => {
    server = await httpServer()
    const { auth } = newSite({
      site: { name: 'Acme', origin: server.origin },
      cookies: { dangerouslyAllowPlainHttp: true },
    })
    server.answerWith(auth.fetch)
    const { port } = server
    const first = await raw(port, 'TRACE /door/echo/ HTTP/1.1')
    expect(first).toMatch(
      /^HTTP\/1\.1 405 [\s\S]*\r\n\r\n(?:[0-9a-f]+\r\n)?\{"detail":"Method \\"TRACE\\" not allowed\."\}/,
    )
    expect(await raw(port, 'POST /door/nothing HTTP/1.1')).toMatch(/^HTTP\/1\.1 400 [\s\S]*content-length: 0\r\n/i)
    const odd = await raw(port, 'GET /door/people/\u00ff\u00fe HTTP/1.1')
    expect(odd).toMatch(/^HTTP\/1\.1 (?:301|400|404) /)
    expect(await raw(port, 'GET //evil.example/door/me HTTP/1.1')).not.toMatch(/^location/im)
    expect(await raw(port, 'GET /\\evil.example HTTP/1.1')).not.toMatch(/^location/im)
  })
})

/** What a server says to a request line, byte for byte. */
function raw(port: number, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(Buffer.from(chunk)))
    socket.on('end', () => resolve(Buffer.concat(chunks).toString('latin1')))
    socket.on('error', reject)
    const host = `Host: 127.0.0.1:${port}`
    socket.write(Buffer.from(`${line}\r\n${host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`, 'latin1'))
  })
}
