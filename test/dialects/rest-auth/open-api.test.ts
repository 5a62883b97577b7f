import { describe, expect, it } from 'vitest'
import { restAuth } from '../../../src/dialects/rest-auth/index.ts'
import { testAuth } from '../../support/test-auth.ts'

async function documentOf(options: Parameters<typeof restAuth>[0]): Promise<Record<string, unknown>> {
  const { auth } = testAuth({ mounts: { '/door': restAuth(options) } })
  const response = await auth.fetch(new Request('https://acme.test/door/openapi.json'))
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
  return (await response.json()) as Record<string, unknown>
}

const partOf = (document: unknown, ...path: readonly string[]): unknown =>
  path.reduce((part, key) => Reflect.get(Object(part), key), document)

describe('the OpenAPI document of the rest-auth door', () => {
  it('describes what a log-in reads, in each type that is taken', async () => {
    const document = await documentOf({})
    expect(document['openapi']).toBe('3.1.1')
    expect(document['servers']).toEqual([{ url: 'https://acme.test/door' }])
    const content = partOf(document, 'paths', '/login/', 'post', 'requestBody', 'content')
    expect(Object.keys(Object(content))).toEqual([
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
    ])
    expect(partOf(content, 'application/json', 'schema')).toMatchObject({
      type: 'object',
      required: ['password'],
      properties: {
        username: { type: 'string', title: 'Username' },
        email: { type: 'string', format: 'email' },
        password: { type: 'string', format: 'password', writeOnly: true },
      },
    })
  })

  it('says where a caller must have logged in, and how', async () => {
    const document = await documentOf({ useJwt: true })
    expect(partOf(document, 'paths', '/user/', 'get', 'security')).toEqual([{ 'jwt-cookie': [] }, { session: [] }])
    expect(partOf(document, 'paths', '/login/', 'post', 'security')).toBeUndefined()
    expect(partOf(document, 'components', 'securitySchemes')).toMatchObject({
      'jwt-cookie': { type: 'http', scheme: 'bearer' },
      session: { type: 'apiKey', in: 'cookie', name: 'sessionid' },
    })
    const every = { authentication: ['token', 'jwt', 'drf-jwt', 'basic'] } as const
    const schemes = partOf(await documentOf(every), 'components', 'securitySchemes')
    expect(Object.keys(Object(schemes))).toEqual([...every.authentication])
  })

  it('names the parameters of paths, and has every row of either generation', async () => {
    const old = await documentOf({ generation: '0.9' })
    expect(partOf(old, 'paths', '/socialaccounts/{id}/disconnect/', 'parameters')).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
    ])
    expect(partOf(old, 'paths', '/token/verify/')).toBeUndefined()
    expect(partOf(await documentOf({ useJwt: true }), 'paths', '/token/verify/', 'post')).toBeDefined()
  })

  it('is a page for a browser, which leads to the page of every row', async () => {
    const { auth } = testAuth({ mounts: { '/door': restAuth({ useJwt: true, authentication: ['token', 'session'] }) } })
    const open = (path: string): Promise<Response> =>
      auth.fetch(new Request(`https://acme.test${path}`, { headers: { accept: 'text/html,*/*;q=0.8' } }))
    const page = await open('/door/openapi.json')
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    const text = await page.text()
    const links = [...text.matchAll(/<a href="(\/door\/[^"]*)"/g)].map(([, path = '']) => path)
    expect(links).toContain('/door/password/reset/confirm/')
    expect(links).toHaveLength(13)
    for (const path of links) {
      const { status } = await open(path)
      expect([path, status]).toEqual([path, expect.toSatisfy((code: number) => [200, 302, 401, 405].includes(code))])
    }
    expect(await (await open('/door/login/')).text()).toContain('type="password"')
    // Rows that name something have no page of their own, and say what they take all the same.
    expect(text).toContain('<code>/registration/account-confirm-email/{key}/</code>')
    expect(text).toContain('<li><code>password1</code> Password1 (string, required)</li>')
    expect(text).toContain('<p>Authentication: token, session</p>')
    expect(text).not.toContain('<script')
  })

  it('leaves out what is only shown', async () => {
    const schema = partOf(await documentOf({}), 'paths', '/user/', 'put', 'requestBody', 'content', 'application/json')
    expect(Object.keys(Object(partOf(schema, 'schema', 'properties')))).toEqual(['username', 'first_name', 'last_name'])
  })
})
