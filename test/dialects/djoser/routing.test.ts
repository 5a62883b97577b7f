import { describe, expect, it } from 'vitest'
import { TEST_ORIGIN } from '../../support/test-auth.ts'
import { empty, told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { djoserSites } from './support/djoser-site.ts'
import { registerPending } from './support/mailed-link.ts'
import { DETAILS } from './support/words.ts'

const newSite = djoserSites()

/** Every path of the second generation, with a method that it answers. */
const ROUTES = [
  'GET users/',
  'GET users/1/',
  'GET users/me/',
  'POST users/activation/',
  'POST users/resend_activation/',
  'POST users/set_password/',
  'POST users/reset_password/',
  'POST users/reset_password_confirm/',
  'POST users/set_username/',
  'POST users/reset_username/',
  'POST users/reset_username_confirm/',
  'POST token/login/',
  'POST token/logout/',
  'POST jwt/create/',
  'POST jwt/refresh/',
  'POST jwt/verify/',
] as const

const UNDER_USERS = ROUTES.filter((row) => row.includes(' users/'))

describe('§3.1 trailing slash and path matching', () => {
  it.each(UNDER_USERS)('§3.1 users/…: %s without its slash leads there, with its query and no body', async (row) => {
    const { call } = newSite()
    const answer = await call(`${row.slice(0, -1)}?x=1`, row.startsWith('POST') ? { json: {} } : {})
    const path = row.slice(row.indexOf(' ') + 1)
    expect([answer.status, answer.text]).toEqual([301, ''])
    const location = new URL(answer.headers.get('location') ?? '', `${TEST_ORIGIN}/auth/`)
    expect(location.href).toBe(`${TEST_ORIGIN}/auth/${path}?x=1`)
    expect(answer.headers.get('allow')).toBeNull()
  })

  it.each(['', '/'])('§3.1 token/…: the slash is optional, %j is served directly', async (slash) => {
    const site = newSite()
    await site.addUser('ann')
    const json = { username: 'ann', password: PASSWORD }
    const login = await site.call(`POST token/login${slash}`, { json })
    expect(login.status).toBe(200)
    const { auth_token: token } = login.body as { readonly auth_token: string }
    expect(empty(await site.call(`POST token/logout${slash}`, { token }))).toBe(204)
  })

  it.each(['token/loginx', 'token/login/x', 'token/logout/x'])('§3.1 token/…: %s is nothing', async (path) => {
    expect((await newSite().call(`POST ${path}`, { json: {} })).status).toBe(404)
  })

  it.each(['jwt/create', 'jwt/refresh', 'jwt/verify'])(
    '§3.1 jwt/…: %s serves whatever begins with it',
    async (path) => {
      const { call } = newSite()
      const plain = await call(`POST ${path}/`, { json: {} })
      for (const end of ['', 'x', '/extra', '/extra/', '.json', 'x/y/z']) {
        expect([end, ...told(await call(`POST ${path}${end}`, { json: {} }))]).toEqual([end, ...told(plain)])
      }
      expect((await call('POST jwt/', { json: {} })).status).toBe(404)
      expect((await call('POST jwt/creat', { json: {} })).status).toBe(404)
    },
  )

  it.each(UNDER_USERS)('§3.1 format suffix: %s with .json equals the plain path', async (row) => {
    const site = newSite()
    const { token } = await site.member('ann')
    const options = { token, ...(row.startsWith('POST') ? { json: {} } : {}) }
    const suffixed = await site.call(`${row.slice(0, -1)}.json`, options)
    expect(told(suffixed)).toEqual(told(await site.call(row, options)))
    expect(suffixed.status).not.toBe(404)
  })

  it('§3.1 users/{id}/: an unrouted word is an id, so POST is 405 and GET 404', async () => {
    const site = newSite()
    const { token } = await site.member('ann')
    expect(told(await site.call('POST users/set_foo/', { token, json: {} }))).toEqual([
      405,
      { detail: 'Method "POST" not allowed.' },
    ])
    expect(told(await site.call('GET users/set_foo/', { token }))).toEqual([404, DETAILS.notFound])
  })

  it.each(['users/a.b/', 'users/1/2/'])('§3.1 users/{id}/: %s has no view', async (path) => {
    const site = newSite()
    const { token } = await site.member('ann')
    const { status, headers } = await site.call(`GET ${path}`, { token })
    expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  })
})

describe('methods', () => {
  it.each(['users/', 'users/1/', 'users/activation/', 'users/reset_password/', 'token/logout/'])(
    'rule 21: OPTIONS of %s with a credential is 200 and describes the endpoint',
    async (path) => {
      const site = newSite()
      const { token } = await site.member('ann')
      const { status, body } = await site.call(`OPTIONS ${path}`, { token })
      expect([status, body]).toMatchObject([
        200,
        {
          name: expect.any(String) as string,
          renders: ['application/json', 'text/html'],
          parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
        },
      ])
    },
  )

  it('rule 21: OPTIONS of nobody is 401 below users/, where somebody must have logged in, and 200 at log-in and jwt', async () => {
    const { call } = newSite()
    for (const path of ['users/', 'users/1/', 'users/me/', 'users/set_password/']) {
      expect([path, ...told(await call(`OPTIONS ${path}`))]).toEqual([path, 401, DETAILS.anonymous])
    }
    for (const path of ['token/login/', 'jwt/create/', 'jwt/refresh/', 'jwt/verify/']) {
      expect([path, (await call(`OPTIONS ${path}`)).status]).toEqual([path, 200])
    }
  })

  it.each(['users/', 'users/1/', 'users/me/'])(
    'rule 22: HEAD of %s works where GET does, without a body',
    async (path) => {
      const site = newSite()
      const { token } = await site.member('ann')
      const head = await site.call(`HEAD ${path}`, { token })
      expect([head.status, head.text, head.headers.get('content-type')]).toEqual([200, '', 'application/json'])
      expect((await site.call(`HEAD ${path}`)).status).toBe(401)
    },
  )

  it.each(ROUTES.filter((row) => row.startsWith('POST users/')))(
    'rule 22: GET instead of %s is 405 with a credential and changes nothing',
    async (row) => {
      const site = newSite()
      const { token } = await site.member('ann')
      const answer = await site.call(row.replace('POST', 'GET'), { token })
      expect(told(answer)).toEqual([405, { detail: 'Method "GET" not allowed.' }])
    },
  )

  it('rule 22: a mailed link that is opened at the API activates nobody', async () => {
    const site = newSite({ djoser: { sendActivationEmail: true } })
    const { uid, token } = await registerPending(site, 'ann', PASSWORD)
    for (const path of [`users/activation/?uid=${uid}&token=${token}`, `users/activation/${uid}/${token}/`]) {
      expect((await site.call(`GET ${path}`)).status).toBeGreaterThanOrEqual(400)
    }
    expect((await site.stored('ann')).status).toBe('pending')
  })
})

describe('the routes', () => {
  it.each(ROUTES)('rule 59: %s is there', async (row) => {
    const site = newSite()
    const { token } = await site.member('ann')
    const { status } = await site.call(row, { token, ...(row.startsWith('POST') ? { json: {} } : {}) })
    expect([404, 405, 301]).not.toContain(status)
  })

  it.each([
    'POST users/create/',
    'POST users/delete/',
    'POST users/confirm/',
    'POST users/activate/',
    'POST users/resend/',
    'POST users/set_email/',
    'POST users/reset_email/',
  ])('rule 59: %s of other releases and models is only an id', async (row) => {
    const site = newSite()
    const { token } = await site.member('ann')
    expect((await site.call(row, { token, json: {} })).status).toBe(405)
  })

  it.each(['POST token/create/', 'POST token/destroy/', 'POST token/refresh/', 'POST jwt/blacklist/'])(
    'rule 59: %s of other releases is nothing',
    async (row) => {
      expect((await newSite().call(row, { json: {} })).status).toBe(404)
    },
  )

  it('rule 60: the index lists the users, for anybody', async () => {
    const site = newSite({ djoser: { generations: ['second'] } })
    const { status, text } = await site.call('GET ')
    expect([status, text]).toEqual([200, `{"users":"${TEST_ORIGIN}/auth/users/"}`])
  })

  it('GET (index): an address that the request names is not repeated, unlike the original', async () => {
    const site = newSite()
    const { text } = await site.call('GET ', { headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } })
    expect(text).not.toContain('evil')
  })
})
