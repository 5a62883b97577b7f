/** Sections 2 and 2.2, K1, K6 and K7 of section 10. */
import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { type DjmongoauthSite, djmongoauthSites, empty, PASSWORD, refused } from './support/djmongoauth-site.ts'

const newSite = djmongoauthSites()

const logout = async (site: DjmongoauthSite, token?: string): Promise<readonly [number, unknown]> =>
  told(await site.call('POST logout', token === undefined ? {} : { token }))

const KEY = 'k'.repeat(171)

/** A token of the original, for a user with this id. */
const original = (changes: { readonly exp?: string; readonly id?: string } = {}): string =>
  `exp=${changes.exp ?? '1900000000'}&user_id=${changes.id ?? 'a'.repeat(24)}&username=ann&session_key=${KEY}`

describe('§2 logout', () => {
  it('answers 204 without a body, and the token is dead', async () => {
    const site = newSite()
    await site.addUser('ann')
    const token = await site.tokenOf('ann')
    expect(empty(await site.call('POST logout', { token }))).toBe(204)
    expect(await logout(site, token)).toEqual(refused('Session key not found!'))
  })

  it('K7: ends all sessions of the user and nobody else’s, as the original does', async () => {
    const site = newSite()
    await site.addUser('ann')
    await site.addUser('bob')
    const [token, bob] = [await site.tokenOf('ann'), await site.tokenOf('bob')]
    const { issued } = await site.auth.login({ identifier: 'ann', password: PASSWORD })
    expect(empty(await site.call('POST logout', { token }))).toBe(204)
    expect(await logout(site, issued.token)).toEqual(refused('Session key not found!'))
    expect(empty(await site.call('POST logout', { token: bob }))).toBe(204)
  })

  it('K7: with a token for each log-in ends that one alone', async () => {
    const site = newSite({ door: { tokenPerLogin: true } })
    await site.addUser('ann')
    const [phone, laptop] = [await site.tokenOf('ann'), await site.tokenOf('ann')]
    expect(phone).not.toBe(laptop)
    expect((await logout(site, phone))[0]).toBe(204)
    expect(await logout(site, phone)).toEqual(refused('Session key not found!'))
    expect((await logout(site, laptop))[0]).toBe(204)
  })
})

describe('§2.2 logout errors', () => {
  it('no header, or an empty one', async () => {
    const site = newSite()
    expect(await logout(site)).toEqual(refused('No token found in request header!'))
    expect(await logout(site, '')).toEqual(refused('No token found in request header!'))
  })

  it.each(['x', 'Bearer x', 'exp=1&user_id=2', '&'])('fewer than three parts: %s', async (token) => {
    expect(await logout(newSite(), token)).toEqual(refused(`Failed to parse x_auth_token: ${token}`))
  })

  it.each(['exp=1&user_id=2&username=ann', 'exp&user_id=2&username=ann&session_key=x', 'a&b&c&d'])(
    'exactly three parts, or one without its equal sign: %s',
    async (token) => {
      expect(await logout(newSite(), token)).toEqual(refused('list index out of range'))
    },
  )

  it('an expiry that is no number', async () => {
    const text = "invalid literal for int() with base 10: 'x'"
    expect(await logout(newSite(), original({ exp: 'x' }))).toEqual(refused(text))
  })

  it('an expiry in the past, of a token of the original and of one of ours', async () => {
    const site = newSite()
    await site.addUser('ann')
    const token = await site.tokenOf('ann')
    site.clock.advance({ hours: 168 })
    const text = 'Unable to log out since token has already expired'
    expect(await logout(site, original({ exp: '1' }))).toEqual(refused(text))
    expect(await logout(site, token)).toEqual(refused(text))
  })

  it('no live session: a token of the original, and one of our form that nobody has', async () => {
    const site = newSite()
    for (const token of [original(), '0'.repeat(40), 'A'.repeat(43)]) {
      expect(await logout(site, token)).toEqual(refused('Session key not found!'))
    }
  })

  it('K1: a live token with anything of the original around it opens nothing', async () => {
    const site = newSite()
    const { id } = await site.addUser('ann')
    const token = await site.tokenOf('ann')
    const forged = `exp=1900000000&user_id=${id}&username=ann&session_key=${token}`
    expect(await logout(site, forged)).toEqual(refused('Session key not found!'))
    expect((await logout(site, token))[0]).toBe(204)
  })

  it('K6: a name with signs of its own makes no token unusable', async () => {
    const site = newSite()
    await site.auth.createUser({ username: 'a+b.c-d', email: null, password: PASSWORD, passwordCheck: 'bypassed' })
    expect((await logout(site, await site.tokenOf('a+b.c-d')))[0]).toBe(204)
  })
})
