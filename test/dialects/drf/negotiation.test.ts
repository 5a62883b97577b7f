import { describe, expect, it } from 'vitest'
import { doorSites } from './support/door-site.ts'
import { PASSWORD } from './support/passwords.ts'

const newSite = doorSites()

const BAD_TOKEN = { authorization: 'Token bad' }

const NOT_ACCEPTABLE = '{"detail":"Could not satisfy the request Accept header."}'
const NOT_FOUND = '{"detail":"Not found."}'

describe('what may be sent back', () => {
  it.each([
    '*/*',
    'application/json',
    'application/*',
    'APPLICATION/JSON',
    'application/json;q=0',
    'application/json; charset=utf-8',
    'application/json;version=2;foo',
    'text/plain, */*;q=0.1',
    '*/json',
    '',
    'image/png,, application/json',
  ])('is JSON for Accept: %s', async (accept) => {
    const { status, headers } = await newSite().call('GET people/1/', { headers: { accept } })
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json'])
  })

  it.each([
    'text/html',
    'text/*',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'text/html;level=1, application/json',
  ])('is a page for Accept: %s', async (accept) => {
    const { status, headers } = await newSite().call('GET people/1/', { headers: { accept } })
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  })

  it.each([
    'application/json, text/html',
    'text/html;q=0.9, application/json;q=0.1',
    'text/html, application/json;v=1',
  ])('is JSON rather than a page for Accept: %s', async (accept) => {
    const { headers } = await newSite().call('GET people/1/', { headers: { accept } })
    expect(headers.get('content-type')).toBe('application/json')
  })

  it.each(['image/png', 'application/xml', '*', 'json', 'application', 'text/plain', ';', ',', '/', '*/xml', '"'])(
    'is nothing for Accept: %s, and that is a 406 before anybody is recognised',
    async (accept) => {
      const { status, headers, text } = await newSite().call('GET me/', { headers: { accept, ...BAD_TOKEN } })
      expect([status, text]).toEqual([406, NOT_ACCEPTABLE])
      expect([headers.get('allow'), headers.get('vary'), headers.get('www-authenticate')]).toEqual([
        'GET, PUT, PATCH, HEAD, OPTIONS',
        'Accept',
        null,
      ])
    },
  )

  it('is indented as far as Accept asks for it, and at most by 8', async () => {
    const { call } = newSite()
    const indented = async (accept: string) => (await call('GET people/1/', { headers: { accept } })).text
    expect(await indented('application/json; indent=4')).toBe('{\n    "id": "1"\n}')
    expect(await indented('application/json;Indent=99')).toBe('{\n        "id": "1"\n}')
    for (const indent of ['0', '-1', 'x', '0x4', '1e1', '']) {
      expect(await indented(`application/json; indent=${indent}`)).toBe('{"id":"1"}')
    }
  })

  it('takes a huge Accept for what its first ranges say', async () => {
    const accept = `text/html,${'application/json,'.repeat(20_000)}`
    expect((await newSite().call('GET people/1/', { headers: { accept } })).status).toBe(200)
    const { status } = await newSite().call('GET people/1/', { headers: { accept: 'x'.repeat(100_000) } })
    expect(status).toBe(406)
  })
})

describe('?format=', () => {
  it.each(['?format=json', '?format=', '?other=format=', '?format=xml&format=json', '?a=%00%ff&format=json'])(
    '%s is answered with JSON',
    async (query) => {
      expect((await newSite().call(`GET people/1/${query}`)).status).toBe(200)
    },
  )

  it.each(['?format=xml', '?format=json&format=xml', '?format=%00', '?format=JSON', '?format=__proto__'])(
    '%s is a 404 before anybody is recognised',
    async (query) => {
      const { status, text } = await newSite().call(`GET me/${query}`, { headers: BAD_TOKEN })
      expect([status, text]).toEqual([404, NOT_FOUND])
    },
  )

  it('narrows the choice before Accept is looked at', async () => {
    const { call } = newSite()
    const asked = async (query: string, accept: string) =>
      (await call(`GET people/1/${query}`, { headers: { accept } })).status
    expect(await asked('?format=json', 'text/html')).toBe(406)
    expect(await asked('?format=api', 'application/json')).toBe(406)
    expect(await asked('?format=json', 'image/png')).toBe(406)
    expect(await asked('?format=api', 'text/html')).toBe(200)
  })
})

describe('a suffix', () => {
  it('.json is the plain path, and the parameter is without it', async () => {
    const { call, member } = newSite()
    expect((await call('GET people/5.json')).text).toBe('{"id":"5"}')
    const authorization = await member('ann')
    const me = await call('GET me.json', { headers: { authorization } })
    expect([me.status, me.headers.get('allow')]).toEqual([200, 'GET, PUT, PATCH, HEAD, OPTIONS'])
  })

  it('.json decides over ?format=, and leaves Accept its say', async () => {
    const { call } = newSite()
    expect((await call('GET people/5.json?format=xml')).status).toBe(200)
    expect((await call('GET people/5.json', { headers: { accept: 'text/html' } })).status).toBe(406)
  })

  it('.api is the page, and any other is a path that nobody answers', async () => {
    const { call } = newSite()
    const page = await call('GET people/5.api')
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    for (const path of ['people/5.xml', 'people/.json', 'echo.json', 'me.json/']) {
      const { status, headers } = await call(`GET ${path}`)
      expect([path, status, headers.get('content-type')]).toEqual([path, 404, 'text/html; charset=utf-8'])
    }
  })
})

describe('JSON', () => {
  it('has a space after each comma and colon where the generation writes it so', async () => {
    const site = newSite({ door: { json: 'spaced' } })
    const { text } = await site.call('POST echo/', { json: { username: 'a', email: 'a@b.co' } })
    expect(text).toBe('{"username": "a", "email": "a@b.co"}')
  })

  it('does not name a charset, and writes letters as they are', async () => {
    const { text, headers } = await newSite().call('POST echo/', { json: { username: 'héλ' } })
    expect([text, headers.get('content-type')]).toEqual(['{"username":"héλ"}', 'application/json'])
  })
})

describe('what is checked, in order', () => {
  it('the format, the credential, the permission, the method, the body', async () => {
    const site = newSite()
    const authorization = await site.member('ann')
    const bad = { 'content-type': 'text/plain', authorization: 'Token bad', accept: 'image/png' }
    const ask = async (row: string, headers: Record<string, string>) =>
      (await site.call(row, { headers, body: '{' })).status
    expect(await ask('POST me/', bad)).toBe(406)
    expect(await ask('POST me/', { ...bad, accept: '*/*' })).toBe(401)
    expect(await ask('POST me/', { 'content-type': 'text/plain' })).toBe(401)
    expect(await ask('POST me/', { 'content-type': 'text/plain', authorization })).toBe(405)
    expect(await ask('PATCH me/', { 'content-type': 'text/plain', authorization })).toBe(415)
    expect(await ask('PATCH me/', { 'content-type': 'application/json', authorization })).toBe(400)
  })

  it('no body is read where nothing is taken from it', async () => {
    const site = newSite()
    const authorization = await site.member('ann')
    const { status } = await site.call('POST logout/', { headers: { authorization, 'content-type': 'x/y' }, body: '{' })
    expect(status).toBe(204)
  })

  it('a bad credential is refused where nobody has to log in, even beside the right password', async () => {
    const site = newSite()
    await site.addUser('ann')
    const json = { username: 'ann', password: PASSWORD }
    expect((await site.call('POST token/login', { json, headers: BAD_TOKEN })).status).toBe(401)
    expect((await site.call('POST jwt/create', { json, headers: BAD_TOKEN })).status).toBe(200)
  })
})
