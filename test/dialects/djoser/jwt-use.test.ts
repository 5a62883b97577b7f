import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { deriveKey } from '../../../src/util/secrets.ts'
import { TEST_SECRET } from '../../support/test-auth.ts'
import { type Answer, empty, told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { type DjoserSite, djoserSites } from './support/djoser-site.ts'
import { invalid, pairOf, refresh, verify } from './support/jwt.ts'
import { requestLink } from './support/mailed-link.ts'

const newSite = djoserSites()

const me = (site: Pick<DjoserSite, 'call'>, jwt: string): Promise<Answer> => site.call('GET users/me/', { jwt })

/** The token as it would be if the claim had never been in it, signed as the site signs. */
function without(claim: string, token: string): string {
  const [head = '', claims = ''] = token.split('.')
  const { [claim]: _, ...kept } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>
  const text = `${head}.${Buffer.from(JSON.stringify(kept)).toString('base64url')}`
  return `${text}.${createHmac('sha256', deriveKey(TEST_SECRET, 'simple-jwt')).update(text).digest('base64url')}`
}

describe('a JWT at a protected endpoint', () => {
  const notValid = (message: string): readonly unknown[] => [
    401,
    {
      detail: 'Given token not valid for any token type',
      code: 'token_not_valid',
      messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
    },
  ]

  it('JWT: 401 for a bad, an expired and a refresh token', async () => {
    const site = newSite()
    await site.addUser('ann')
    const pair = await pairOf(site)
    expect(told(await me(site, 'nonsense'))).toEqual(notValid('Token is invalid'))
    expect(told(await me(site, pair.refresh))).toEqual(notValid('Token has wrong type'))
    site.clock.advance({ minutes: 5, seconds: 1 })
    expect(told(await me(site, pair.access))).toEqual(notValid('Token is expired'))
  })

  it.each([
    ['exp', "Token has no 'exp' claim"],
    ['jti', 'Token has no id'],
    ['token_type', 'Token has no type'],
  ])('JWT: 401 for a rightly signed token without "%s"', async (claim, message) => {
    const site = newSite()
    await site.addUser('ann')
    const { access, refresh: refreshToken } = await pairOf(site)
    expect(told(await me(site, without(claim, access)))).toEqual(notValid(message))
    expect(told(await verify(site, without(claim, access)))).toEqual(invalid(message))
    expect(told(await refresh(site, without(claim, refreshToken)))).toEqual(invalid(message))
  })

  it('JWT: 401 for a rightly signed token that names nobody, without a report on the token', async () => {
    const site = newSite()
    await site.addUser('ann')
    const { access } = await pairOf(site)
    expect(told(await me(site, without('user_id', access)))).toEqual(
      invalid('Token contained no recognizable user identification'),
    )
  })

  it('JWT: 401 for a header of more than two parts', async () => {
    const answer = await newSite().call('GET users/me/', { jwt: 'a b' })
    expect(told(answer)).toEqual([
      401,
      { detail: 'Authorization header must contain two space-delimited values', code: 'bad_authorization_header' },
    ])
  })

  it('JWT: 401 for a user who is gone, and for one who is inactive', async () => {
    const site = newSite()
    const { token } = await site.member('ann')
    const gone = await pairOf(site)
    await site.call('DELETE users/me/', { token, json: { current_password: PASSWORD } })
    const missing = await site.call('GET users/me/', { jwt: gone.access })
    expect(told(missing)).toEqual([401, { detail: 'User not found', code: 'user_not_found' }])
    const { id } = await site.addUser('ben')
    const barred = await pairOf(site, { username: 'ben' })
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    const inactive = await site.call('GET users/me/', { jwt: barred.access })
    expect(told(inactive)).toEqual([401, { detail: 'User is inactive', code: 'user_inactive' }])
  })
})

describe('the life of a JWT', () => {
  // In the original nothing but its own end stops it, so whoever stole one keeps it. Tokens are sessions here, and
  // log-out, change and reset end them at once.
  it('rule 71: unlike the original dies with a log-out, a password change elsewhere and a reset', async () => {
    const site = newSite()
    const { token } = await site.member('ann')
    const first = await pairOf(site)
    await site.call('POST users/set_password/', {
      token,
      json: { current_password: PASSWORD, new_password: OTHER_PASSWORD },
    })
    expect((await site.call('GET users/me/', { jwt: first.access })).status).toBe(401)
    expect((await refresh(site, first.refresh)).status).toBe(401)
    const second = await pairOf(site, { password: OTHER_PASSWORD })
    const link = await requestLink(site, 'reset_password', 'ann@example.org')
    const json = { ...link, new_password: PASSWORD }
    expect(empty(await site.call('POST users/reset_password_confirm/', { json }))).toBe(204)
    expect((await site.call('GET users/me/', { jwt: second.access })).status).toBe(401)
    const third = await pairOf(site)
    await site.call('POST token/logout/', { jwt: third.access })
    expect((await site.call('GET users/me/', { jwt: third.access })).status).toBe(401)
  })

  it('rule 72: without rotation one refresh token serves until it expires', async () => {
    const site = newSite()
    await site.addUser('ann')
    const pair = await pairOf(site)
    for (let hour = 0; hour < 24; hour += 6) {
      expect((await refresh(site, pair.refresh)).status).toBe(200)
      site.clock.advance({ hours: 6 })
    }
    site.clock.advance({ seconds: 1 })
    expect((await refresh(site, pair.refresh)).status).toBe(401)
  })

  it('rule 72: with rotation and blacklist the old one is refused, and with rotation alone it is not', async () => {
    const strict = newSite({ simpleJwt: { rotateRefreshTokens: true, blacklistAfterRotation: true } })
    await strict.addUser('ann')
    const old = await pairOf(strict)
    await refresh(strict, old.refresh)
    expect(told(await refresh(strict, old.refresh))).toEqual(invalid('Token is blacklisted'))
    const lenient = newSite({ simpleJwt: { rotateRefreshTokens: true } })
    await lenient.addUser('ann')
    const kept = await pairOf(lenient)
    await refresh(lenient, kept.refresh)
    expect((await refresh(lenient, kept.refresh)).status).toBe(200)
  })

  it.each(['x', 'a.b.c', '..', 'é', `${'a'.repeat(50_000)}.b.c`])('rule 73: %s is 401 and not 400', async (text) => {
    const site = newSite()
    expect(told(await refresh(site, text))).toEqual(invalid('Token is invalid'))
    expect(told(await verify(site, text))).toEqual(invalid('Token is invalid'))
  })
})
