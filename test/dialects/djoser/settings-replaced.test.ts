import { describe, expect, it } from 'vitest'
import { djoser } from '../../../src/dialects/djoser/index.ts'
import { empty, textIn, told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { djoserSites } from './support/djoser-site.ts'
import { linkIn, requestLink } from './support/mailed-link.ts'
import { DETAILS, WORDS } from './support/words.ts'

const newSite = djoserSites()

const ANN = { username: 'ann', password: PASSWORD }

describe('§4 settings that replace parts, and defaults', () => {
  it.each([
    ['activation', 'POST users/activation/', 'activation'],
    ['password_reset', 'POST users/reset_password/', 'passwordReset'],
    ['password_reset', 'POST users/resend_activation/', 'passwordReset'],
    ['password_reset_confirm', 'POST users/reset_password_confirm/', 'passwordResetConfirm'],
    ['username_reset', 'POST users/reset_username/', 'usernameReset'],
    ['username_reset_confirm', 'POST users/reset_username_confirm/', 'usernameResetConfirm'],
    ['user_create', 'POST users/', 'userCreate'],
    ['token_create', 'POST token/login/', 'tokenCreate'],
    ['token_destroy', 'POST token/logout/', 'tokenDestroy'],
    ['set_password', 'POST users/set_password/', 'setPassword'],
    ['set_username', 'POST users/set_username/', 'setUsername'],
    ['user_delete', 'DELETE users/me/', 'userDelete'],
    ['user', 'GET users/me/', 'user'],
    ['user_list', 'GET users/', 'userList'],
  ])('setting PERMISSIONS: %s governs %s', async (_, row, action) => {
    const site = newSite({ djoser: { hideUsers: false, permissions: { [action]: 'isAdminUser' } } })
    await site.addUser('ann')
    await site.addUser('boss', { isStaff: true })
    const jwt = async (username: string): Promise<string> =>
      textIn(await site.call('POST jwt/create/', { json: { username, password: PASSWORD } }), 'access')
    const json = row.startsWith('GET') ? undefined : {}
    expect(told(await site.call(row, { json }))).toEqual([401, DETAILS.anonymous])
    expect(told(await site.call(row, { json, jwt: await jwt('ann') }))).toEqual([403, DETAILS.forbidden])
    expect([401, 403]).not.toContain((await site.call(row, { json, jwt: await jwt('boss') })).status)
  })

  it('setting PERMISSIONS: the list that is denied is 404 while users are hidden', async () => {
    const site = newSite({ djoser: { permissions: { userList: 'isAdminUser' } } })
    const { token } = await site.member('ann')
    expect(told(await site.call('GET users/', { token }))).toEqual([404, DETAILS.notFound])
    expect(told(await site.call('GET users/'))).toEqual([401, DETAILS.anonymous])
  })

  it('setting SERIALIZERS: replaces the bodies of answers, that of users/me/ apart from the others', async () => {
    const serialize = {
      user: ({ id }: { readonly id: number | string }) => ({ pk: id }),
      currentUser: ({ username }: { readonly username: string | null }) => ({ name: username, mine: true }),
      token: (key: string) => ({ key }),
    }
    const site = newSite({ djoser: { serialize } })
    const { id } = await site.addUser('ann')
    const token = textIn(await site.call('POST token/login/', { json: ANN }), 'key')
    expect(told(await site.call('GET users/', { token }))).toEqual([200, [{ pk: id }]])
    expect(told(await site.call(`GET users/${id}/`, { token }))).toEqual([200, { pk: id }])
    expect(told(await site.call('GET users/me/', { token }))).toEqual([200, { name: 'ann', mine: true }])
  })

  it('setting CONSTANTS: replaces single texts, and leaves the others', async () => {
    const site = newSite({ djoser: { constants: { invalidCredentialsError: 'No way in.' } } })
    const login = await site.call('POST token/login/', { json: ANN })
    expect(told(login)).toEqual([400, { non_field_errors: ['No way in.'] }])
    const uid = await site.call('POST users/activation/', { json: { uid: 'x', token: 'x' } })
    expect(told(uid)).toEqual([400, { uid: [WORDS.UID] }])
  })

  it('setting PASSWORD_RESET_TIMEOUT: links live as long as the site says', async () => {
    const site = newSite({ codes: { resetPasswordSeconds: 7200 } })
    await site.addUser('ann')
    const link = await requestLink(site, 'reset_password', 'ann@example.org')
    site.clock.advance({ hours: 2, milliseconds: -1 })
    const json = { ...link, new_password: OTHER_PASSWORD }
    expect(empty(await site.call('POST users/reset_password_confirm/', { json }))).toBe(204)
  })

  it('settings of simplejwt: lifetimes, claim, leeway and last log-in are the site’s', async () => {
    const simpleJwt = {
      accessTokenLifetimeSeconds: 60,
      refreshTokenLifetimeSeconds: 600,
      userIdClaim: 'uid',
      leewaySeconds: 10,
      updateLastLogin: true,
    }
    const site = newSite({ simpleJwt })
    await site.addUser('ann')
    const pair = await site.call('POST jwt/create/', { json: ANN })
    const [access, refresh] = [textIn(pair, 'access'), textIn(pair, 'refresh')]
    const payload = JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString())
    expect(payload).toMatchObject({ uid: '1', exp: payload.iat + 60 })
    expect((await site.stored('ann')).lastLoginAt).toEqual(site.clock.now())
    site.clock.advance({ seconds: 69 })
    expect((await site.call('GET users/me/', { jwt: access })).status).toBe(200)
    site.clock.advance({ seconds: 2 })
    expect((await site.call('GET users/me/', { jwt: access })).status).toBe(401)
    site.clock.advance({ seconds: 540 })
    expect((await site.call('POST jwt/refresh/', { json: { refresh } })).status).toBe(401)
  })

  it('settings: one that there is not is refused at start, by its name', () => {
    expect(() => djoser(JSON.parse('{"sendActivationMail":true}'))).toThrow(/sendActivationMail/)
    expect(() => djoser(JSON.parse('{"hideUsers":"yes"}'))).toThrow(/hideUsers/)
    expect(() => djoser(JSON.parse('{"permissions":{"user":"everybody"}}'))).toThrow(/permissions\.user/)
  })

  it('rule 54: without configuration all defaults hold, and one override leaves the rest', async () => {
    for (const settings of [{}, { hideUsers: false }] as const) {
      const site = newSite({ djoser: settings })
      await site.call('POST users/', { json: { ...ANN, email: 'ann@example.org', re_password: 'x' } })
      const token = await site.tokenOf('ann')
      const json = { current_password: PASSWORD, new_password: OTHER_PASSWORD, re_new_password: 'x' }
      expect(empty(await site.call('POST users/set_password/', { token, json }))).toBe(204)
      expect((await site.call('GET users/me/', { token })).status).toBe(200)
      const rename = { current_password: OTHER_PASSWORD, new_username: 'anna', re_new_username: 'x' }
      expect(empty(await site.call('POST users/set_username/', { token, json: rename }))).toBe(204)
      expect(await site.mails()).toEqual([])
      const unknown = { json: { email: 'nobody@example.org' } }
      expect(empty(await site.call('POST users/reset_password/', unknown))).toBe(204)
      expect(empty(await site.call('POST users/resend_activation/', unknown))).toBe(400)
      await site.call('POST users/reset_password/', { json: { email: 'ann@example.org' } })
      const reset = { ...linkIn((await site.mails())[0]), new_password: PASSWORD, re_new_password: 'x' }
      expect(empty(await site.call('POST users/reset_password_confirm/', { json: reset }))).toBe(204)
    }
  })
})
