/** Section 1 of the contract: routes, bodies, errors, empty answers, the token header, and which methods there are. */
import { describe, expect, it } from 'vitest'
import { TEST_ORIGIN } from '../../support/test-auth.ts'
import { told } from '../drf/support/answer.ts'
import { djmongoauthSites, empty, PASSWORD, refused } from './support/djmongoauth-site.ts'

const newSite = djmongoauthSites()

const PATHS = ['register', 'login', 'logout', 'verify', 'reset']

describe('§1 transport', () => {
  it('D1: answers at five paths without a final slash, and nowhere else', async () => {
    const site = newSite()
    for (const path of PATHS) {
      expect([path, (await site.call(`POST ${path}`)).status]).toEqual([path, 400])
      expect([path, (await site.call(`POST ${path}/`)).status]).toEqual([path, 404])
    }
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'image/png', ''])(
    'D2: reads JSON whatever it is said to be, such as %j',
    async (type) => {
      const site = newSite()
      await site.addUser('ann')
      const body = JSON.stringify({ username: 'ann', password: PASSWORD })
      expect((await site.call('POST login', { body, headers: { 'content-type': type } })).status).toBe(200)
    },
  )

  it('D2: reads UTF-8, and refuses what is none', async () => {
    const site = newSite()
    const bytes = new TextEncoder().encode(JSON.stringify({ username: 'jürgen', password: PASSWORD }))
    await site.addUser('jürgen', { email: null })
    expect((await site.call('POST login', { body: bytes })).status).toBe(200)
    const latin1 = Uint8Array.from(Buffer.from('{"username":"jürgen","password":"x"}', 'latin1'))
    expect((await site.call('POST login', { body: latin1 })).status).toBe(400)
  })

  it('D3: puts an error into one member, with a space after the colon and in ASCII', async () => {
    const site = newSite()
    const { status, text, headers } = await site.call('POST login', { json: { username: 'jürgen', password: 'x' } })
    expect([status, headers.get('content-type')]).toEqual([400, 'application/json'])
    expect(text).toBe('{"error": "Password is incorrect for user j\\u00fcrgen"}')
  })

  it('D4: leaves successes without a value empty, types them as a page, and sets no cookie', async () => {
    const site = newSite()
    const json = { username: 'ann', email: 'ann@example.org', password: PASSWORD }
    const registered = await site.call('POST register', { json })
    const token = await site.tokenOf('ann')
    const login = await site.call('POST login', { json })
    const asked = await site.call('POST verify', { token })
    const verified = await site.call(`PUT verify?a=${await site.mailedCode()}`)
    const left = await site.call('POST logout', { token })
    expect([registered, asked, verified, left].map(empty)).toEqual([201, 201, 200, 204])
    expect([registered, login, asked, verified, left].flatMap(({ cookies }) => cookies)).toEqual([])
  })

  it.each(['', 'Bearer ', 'Token ', 'whatever '])('D5: takes the token behind %j', async (scheme) => {
    const site = newSite()
    await site.addUser('ann')
    const token = scheme + (await site.tokenOf('ann'))
    expect((await site.call('POST logout', { token })).status).toBe(204)
  })

  it.each([
    ['register', ['POST']],
    ['login', ['POST']],
    ['verify', ['POST', 'PUT']],
    ['reset', ['POST', 'PUT']],
  ])('D6: %s answers 405, without a body, to anything but %j', async (path, allowed) => {
    const site = newSite()
    const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']
    for (const method of methods.filter((one) => !allowed.includes(one))) {
      const answer = await site.call(`${method} ${path}`)
      expect([method, empty(answer), answer.headers.get('allow')]).toEqual([method, 405, allowed.join(', ')])
    }
  })

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('D6: logout takes %s', async (method) => {
    const site = newSite()
    await site.addUser('ann')
    const token = await site.tokenOf('ann')
    expect((await site.call(`${method} logout`, { token })).status).toBe(204)
    expect(told(await site.call(`${method} logout`, { token }))).toEqual(refused('Session key not found!'))
  })

  it('D7: answers a bad token of logout and verify with 400, as the README does', async () => {
    const site = newSite()
    for (const path of ['logout', 'verify']) {
      expect(told(await site.call(`POST ${path}`, { token: 'x' }))).toEqual(refused('Failed to parse x_auth_token: x'))
    }
  })

  it('refuses what a page of another site sends, and answers the preflight of a trusted one', async () => {
    const site = newSite({ site: { name: 'Acme', origin: TEST_ORIGIN, trustedOrigins: ['https://app.test'] } })
    await site.addUser('ann')
    const json = { username: 'ann', password: PASSWORD }
    const from = (origin: string) => site.call('POST login', { json, headers: { origin } })
    expect((await from('https://evil.example')).status).toBe(403)
    expect((await from('https://app.test')).status).toBe(200)
    const preflight = await site.call('OPTIONS verify', {
      headers: { origin: 'https://app.test', 'access-control-request-method': 'PUT' },
    })
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT')
  })
})
