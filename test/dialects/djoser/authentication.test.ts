import { describe, expect, it } from 'vitest'
import { textIn, told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { type DjoserSite, djoserSites } from './support/djoser-site.ts'
import { DETAILS } from './support/words.ts'

const newSite = djoserSites()

const me = (site: Pick<DjoserSite, 'call'>, authorization: string) =>
  site.call('GET users/me/', { headers: { authorization } })

/** Every endpoint that anybody may call, and one that nobody may. */
const EVERYWHERE = [
  'POST users/',
  'POST users/activation/',
  'POST users/resend_activation/',
  'POST users/reset_password/',
  'POST users/reset_password_confirm/',
  'POST users/reset_username/',
  'POST users/reset_username_confirm/',
  'POST token/login/',
  'GET users/me/',
  'GET ',
]

describe('§1.3 authentication', () => {
  it.each(['Token', 'token', 'TOKEN', 'tOkEn'])('§1.3 token header: the keyword %s is taken', async (keyword) => {
    const site = newSite()
    const { token } = await site.member('ann')
    expect((await me(site, `${keyword} ${token}`)).status).toBe(200)
    expect((await me(site, `${keyword}    ${token}`)).status).toBe(200)
  })

  it('§1.3 token header: a token key is not taken as a bearer value, nor in another case', async () => {
    const site = newSite({ djoser: { authentication: ['token'] } })
    const { token } = await site.member('ann')
    expect(told(await me(site, `Bearer ${token}`))).toEqual([401, DETAILS.anonymous])
    expect(told(await me(site, `Token ${token.toUpperCase()}`))).toEqual([401, DETAILS.invalidToken])
    const both = newSite()
    const member = await both.member('ann')
    expect((await me(both, `Bearer ${member.token}`)).status).toBe(401)
  })

  it('§1.3 JWT header: Bearer and JWT are both taken, in exactly this spelling', async () => {
    const site = newSite()
    await site.addUser('ann')
    const answer = await site.call('POST jwt/create/', { json: { username: 'ann', password: PASSWORD } })
    const access = textIn(answer, 'access')
    for (const [type, status] of [
      ['Bearer', 200],
      ['JWT', 200],
      ['bearer', 401],
      ['Jwt', 401],
    ] as const) {
      expect([type, (await me(site, `${type} ${access}`)).status]).toEqual([type, status])
    }
    expect((await me(site, `Token ${access}`)).status).toBe(401)
  })

  it.each(['', ' ', 'Digest x', 'Negotiate', 'Tokenx abc', `Bearerx a.b.c`])(
    '§1.3 no or unrecognised scheme: %j is nobody',
    async (authorization) => {
      expect(told(await me(newSite(), authorization))).toEqual([401, DETAILS.anonymous])
    },
  )

  it.each(EVERYWHERE)('§1.3 recognised scheme, bad value: %s is 401', async (row) => {
    const { call } = newSite()
    const json = row.startsWith('POST') ? { email: 'ann@example.org' } : undefined
    const token = await call(row, { json, headers: { authorization: `Token ${'a'.repeat(40)}` } })
    expect(told(token)).toEqual([401, DETAILS.invalidToken])
    expect((await call(row, { json, headers: { authorization: 'Bearer a.b.c' } })).status).toBe(401)
  })

  it('§1.3 recognised scheme, bad value: the jwt endpoints alone do not look', async () => {
    const { call } = newSite()
    const headers = { authorization: `Token ${'a'.repeat(40)}` }
    for (const path of ['jwt/create/', 'jwt/refresh/', 'jwt/verify/']) {
      expect((await call(`POST ${path}`, { headers, json: {} })).status).toBe(400)
    }
  })

  it('§1.3 anonymous on a protected endpoint: 401', async () => {
    const { call } = newSite()
    for (const row of [
      'GET users/',
      'GET users/me/',
      'POST users/set_password/',
      'POST users/set_username/',
      'POST token/logout/',
      'DELETE users/me/',
    ]) {
      expect([row, ...told(await call(row))]).toEqual([row, 401, DETAILS.anonymous])
    }
  })

  it('§1.3 unknown token: 401', async () => {
    for (const token of ['a'.repeat(40), 'x', '0']) {
      expect(told(await newSite().call('GET users/me/', { token }))).toEqual([401, DETAILS.invalidToken])
    }
  })

  it('§1.3 token of inactive user: 401 while the user waits for activation', async () => {
    const site = newSite({ djoser: { sendActivationEmail: true } })
    const { token } = await site.member('ann')
    await site.call('PATCH users/me/', { token, json: { email: 'new@example.org' } })
    expect(told(await site.call('GET users/me/', { token }))).toEqual([401, DETAILS.inactive])
  })

  // In the original the token lies there until the user is active again, and then opens the door as before.
  it('§1.3 token of inactive user: unlike the original it is deleted when an operator disables the user', async () => {
    const site = newSite()
    const { token, id } = await site.member('ann')
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    expect(told(await site.call('GET users/me/', { token }))).toEqual([401, DETAILS.invalidToken])
    await site.auth.setStatus({ userId: id, status: 'active' })
    expect((await site.call('GET users/me/', { token })).status).toBe(401)
    expect(await site.tokenOf('ann')).not.toBe(token)
  })

  it.each([
    ['Token', 'Invalid token header. No credentials provided.'],
    ['Token a b', 'Invalid token header. Token string should not contain spaces.'],
    ['Token \u00e9\u00fc', 'Invalid token header. Token string should not contain invalid characters.'],
  ])('§1.3 %j: 401', async (authorization, detail) => {
    expect(told(await me(newSite(), authorization))).toEqual([401, { detail }])
  })

  it.each([
    [['token', 'jwt'], 'Token'],
    [['jwt', 'token'], 'Bearer realm="api"'],
    [['basic', 'token'], 'Basic realm="api"'],
  ] as const)(
    '§1.3 WWW-Authenticate: with %j it is %s, whatever the client used',
    async (authentication, challenge) => {
      const { call } = newSite({ djoser: { authentication } })
      for (const authorization of [undefined, `Token ${'a'.repeat(40)}`, 'Bearer x']) {
        const headers = authorization === undefined ? {} : { authorization }
        const answer = await call('GET users/me/', { headers })
        expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, challenge])
      }
    },
  )

  it('§1.3 WWW-Authenticate: is sent with 401 alone, and by the jwt endpoints always as theirs', async () => {
    const site = newSite()
    const { token } = await site.member('ann')
    expect((await site.call('GET users/me/', { token })).headers.get('www-authenticate')).toBeNull()
    expect((await site.call('POST users/', { json: {} })).headers.get('www-authenticate')).toBeNull()
    const refused = await site.call('POST jwt/verify/', { json: { token: 'x' } })
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="api"'])
    const named = newSite({ djoser: { authHeaderTypes: ['JWT'] } })
    const other = await named.call('POST jwt/verify/', { json: { token: 'x' } })
    expect(other.headers.get('www-authenticate')).toBe('JWT realm="api"')
  })

  it('§1.3 401 → 403: with sessions first every 401 is 403 without a challenge', async () => {
    const { call } = newSite({ djoser: { authentication: ['session', 'token', 'basic'] } })
    for (const [headers, body] of [
      [{}, DETAILS.anonymous],
      [{ authorization: `Token ${'a'.repeat(40)}` }, DETAILS.invalidToken],
      [{ authorization: 'Basic' }, { detail: 'Invalid basic header. No credentials provided.' }],
    ] as const) {
      const answer = await call('GET users/me/', { headers })
      expect([...told(answer), answer.headers.get('www-authenticate')]).toEqual([403, body, null])
    }
  })

  it('§1.3 authenticated but not allowed: 403', async () => {
    const site = newSite({ djoser: { permissions: { setPassword: 'isAdminUser' } } })
    const { token } = await site.member('ann')
    const answer = await site.call('POST users/set_password/', { token, json: {} })
    expect([...told(answer), answer.headers.get('www-authenticate')]).toEqual([403, DETAILS.forbidden, null])
  })

  const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`

  it('§1.3 basic scheme: name and password open the door, without a CSRF token', async () => {
    const site = newSite({ djoser: { authentication: ['basic'] } })
    await site.addUser('ann')
    const authorization = basic(`ann:${PASSWORD}`)
    expect((await me(site, authorization)).status).toBe(200)
    const headers = { authorization }
    const changed = await site.call('PATCH users/me/', { headers, json: { email: 'new@example.org' } })
    expect(changed.status).toBe(200)
  })

  it.each([
    ['a wrong password', basic('ann:wrong'), 'Invalid username/password.'],
    ['a name that nobody has', basic(`nobody:${PASSWORD}`), 'Invalid username/password.'],
    ['an inactive user', basic(`barred:${PASSWORD}`), 'Invalid username/password.'],
    ['nothing', 'Basic', 'Invalid basic header. No credentials provided.'],
    ['two words', 'Basic a b', 'Invalid basic header. Credentials string should not contain spaces.'],
    ['no base64', 'Basic !!!', 'Invalid basic header. Credentials not correctly base64 encoded.'],
    ['no colon', basic('ann'), 'Invalid basic header. Credentials not correctly base64 encoded.'],
  ])('§1.3 basic scheme: 401 for %s', async (_, authorization, detail) => {
    const site = newSite({ djoser: { authentication: ['basic', 'token'] } })
    await site.addUser('ann')
    const { id } = await site.addUser('barred')
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    const answer = await me(site, authorization)
    expect([...told(answer), answer.headers.get('www-authenticate')]).toEqual([401, { detail }, 'Basic realm="api"'])
  })

  it('§1.3 order of checks: format, authentication, permission, method, body, fields, cross-field', async () => {
    const site = newSite({ djoser: { userCreatePasswordRetype: true } })
    const bad = { authorization: `Token ${'a'.repeat(40)}` }
    const broken = { body: '{', headers: { 'content-type': 'application/json' } }
    const status = async (...call: Parameters<typeof site.call>): Promise<number> => (await site.call(...call)).status
    expect(await status('PUT users/set_password/', { headers: { ...bad, accept: 'text/csv' } })).toBe(406)
    expect(await status('PUT users/set_password/', { headers: bad })).toBe(401)
    expect(await status('PUT users/set_password/', broken)).toBe(401)
    const { token } = await site.member('ann')
    expect(await status('PUT users/set_password/', { ...broken, token })).toBe(405)
    const unread = await site.call('POST users/', broken)
    expect([unread.status, Object.keys(Object(unread.body))]).toEqual([400, ['detail']])
    const both = { username: 'b c', password: PASSWORD, re_password: 'other' }
    expect((await site.call('POST users/', { json: both })).body).toHaveProperty('username')
    const last = await site.call('POST users/', { json: { ...both, username: 'bc' } })
    expect(last.body).toHaveProperty('non_field_errors')
  })
})
