import { describe, expect, it } from 'vitest'
import { djoser } from '../../../src/dialects/djoser/index.ts'
import { cookieFrom, empty, textIn, told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { djoserSites } from './support/djoser-site.ts'
import { registerPending, requestLink, uidOf } from './support/mailed-link.ts'
import { DETAILS, WORDS } from './support/words.ts'

const newSite = djoserSites()

const ANN = { username: 'ann', password: PASSWORD }

describe('§4 settings', () => {
  it('setting USER_ID_FIELD: names the key and finds the user, while uid keeps the id', async () => {
    const site = newSite({ djoser: { userIdField: 'username' } })
    const { token, id } = await site.member('ann')
    const detail = await site.call('GET users/ann/', { token })
    expect(told(detail)).toEqual([200, { email: 'ann@example.org', username: 'ann' }])
    expect((await site.call(`GET users/${id}/`, { token })).status).toBe(404)
    expect((await requestLink(site, 'reset_password', 'ann@example.org')).uid).toBe(uidOf(id))
  })

  it('setting LOGIN_FIELD: is the key of token log-in and of user objects, and register works, unlike the original', async () => {
    const user = { username: 'optional', email: 'required' } as const
    const site = newSite({ user, djoser: { loginField: 'email' } })
    const json = { email: 'ann@example.org', password: PASSWORD }
    const made = await site.call('POST users/', { json })
    expect(told(made)).toEqual([201, { email: 'ann@example.org', id: 1 }])
    const token = textIn(await site.call('POST token/login/', { json }), 'auth_token')
    expect(told(await site.call('GET users/me/', { token }))).toEqual([200, { email: 'ann@example.org', id: 1 }])
  })

  it('setting LOGIN_FIELD: on a model with names registration asks for the name too, and set_username works, unlike the original', async () => {
    const site = newSite({ djoser: { loginField: 'email' } })
    const json = { email: 'ann@example.org', password: PASSWORD }
    expect(told(await site.call('POST users/', { json }))).toEqual([400, { username: [WORDS.REQ] }])
    const made = await site.call('POST users/', { json: { ...json, username: 'ann' } })
    expect(told(made)).toEqual([201, { email: 'ann@example.org', id: 1 }])
    const token = textIn(await site.call('POST token/login/', { json }), 'auth_token')
    const rename = { new_username: 'anna', current_password: PASSWORD }
    expect(empty(await site.call('POST users/set_username/', { token, json: rename }))).toBe(204)
    expect((await site.stored('anna')).email).toBe('ann@example.org')
  })

  it('setting LOGIN_FIELD: is the address by itself where people log in by address alone', async () => {
    const site = newSite({ user: { email: 'required' }, login: { identifiers: ['email'], emailMustBeVerified: false } })
    await site.addUser('ann')
    const token = textIn(
      await site.call('POST token/login/', { json: { email: 'ann@example.org', password: PASSWORD } }),
      'auth_token',
    )
    expect((await site.call('GET users/me/', { token })).status).toBe(200)
    expect((await site.call('POST token/login/', { json: { username: 'ann', password: PASSWORD } })).status).toBe(400)
    const pair = await site.call('POST jwt/create/', { json: { email: 'ann@example.org', password: PASSWORD } })
    expect((await site.call('GET users/me/', { jwt: textIn(pair, 'access') })).status).toBe(200)
    expect(told(await site.call('POST jwt/create/', { json: { username: 'ann', password: PASSWORD } }))).toEqual([
      400,
      { email: [WORDS.REQ] },
    ])
  })

  it('setting SEND_ACTIVATION_EMAIL: makes new users inactive, mails them, and enables resending', async () => {
    const off = newSite()
    await off.call('POST users/', { json: { ...ANN, email: 'ann@example.org' } })
    expect([await off.mails(), (await off.stored('ann')).status]).toEqual([[], 'active'])
    const on = newSite({ djoser: { sendActivationEmail: true } })
    await registerPending(on, 'ann', PASSWORD)
    expect((await on.stored('ann')).status).toBe('pending')
    expect(empty(await on.call('POST users/resend_activation/', { json: { email: 'ann@example.org' } }))).toBe(204)
  })

  it('setting SEND_CONFIRMATION_EMAIL: mails after activation', async () => {
    const site = newSite({ djoser: { sendActivationEmail: true, sendConfirmationEmail: true } })
    const link = await registerPending(site, 'ann', PASSWORD)
    await site.call('POST users/activation/', { json: link })
    expect(await site.mails()).toHaveLength(2)
  })

  it.each([
    ['PASSWORD_CHANGED_EMAIL_CONFIRMATION', { passwordChangedEmailConfirmation: true }, [1, 0]],
    ['USERNAME_CHANGED_EMAIL_CONFIRMATION', { usernameChangedEmailConfirmation: true }, [0, 1]],
  ])(
    'setting %s: mails after set and after reset-confirm, and only then',
    async (_, settings, [forPassword, forName]) => {
      const site = newSite({ djoser: settings })
      const { token } = await site.member('ann')
      const counted = async (row: string, options: object): Promise<number> => {
        await site.mails()
        site.mailer.clear()
        expect(empty(await site.call(row, options))).toBe(204)
        return (await site.mails()).length
      }
      const change = { current_password: PASSWORD, new_password: OTHER_PASSWORD }
      expect(await counted('POST users/set_password/', { token, json: change })).toBe(forPassword)
      const rename = { current_password: OTHER_PASSWORD, new_username: 'anna' }
      expect(await counted('POST users/set_username/', { token, json: rename })).toBe(forName)
      const name = await requestLink(site, 'reset_username', 'ann@example.org')
      const renamed = { json: { ...name, new_username: 'anne' } }
      expect(await counted('POST users/reset_username_confirm/', renamed)).toBe(forName)
      const reset = await requestLink(site, 'reset_password', 'ann@example.org')
      const replaced = { json: { ...reset, new_password: PASSWORD } }
      expect(await counted('POST users/reset_password_confirm/', replaced)).toBe(forPassword)
    },
  )

  it.each([
    { python: 'USER_CREATE_PASSWORD_RETYPE', setting: 'userCreatePasswordRetype', path: '', key: 're_password' },
    { python: 'SET_PASSWORD_RETYPE', setting: 'setPasswordRetype', path: 'set_password/', key: 're_new_password' },
    {
      python: 'PASSWORD_RESET_CONFIRM_RETYPE',
      setting: 'passwordResetConfirmRetype',
      path: 'reset_password_confirm/',
      key: 're_new_password',
    },
    { python: 'SET_USERNAME_RETYPE', setting: 'setUsernameRetype', path: 'set_username/', key: 're_new_username' },
    {
      python: 'USERNAME_RESET_CONFIRM_RETYPE',
      setting: 'usernameResetConfirmRetype',
      path: 'reset_username_confirm/',
      key: 're_new_username',
    },
  ])('setting $python: users/$path asks for $key, and without it ignores it', async ({ setting, path, key }) => {
    const row = `POST users/${path}`
    const on = newSite({ djoser: { [setting]: true } })
    const { token } = await on.member('ann')
    expect((await on.call(row, { token, json: {} })).body).toHaveProperty(key, [WORDS.REQ])
    const off = newSite()
    const member = await off.member('ann')
    expect((await off.call(row, { token: member.token, json: { [key]: [] } })).body).not.toHaveProperty(key)
  })

  it.each([
    ['PASSWORD_RESET_SHOW_EMAIL_NOT_FOUND', 'passwordResetShowEmailNotFound'],
    ['USERNAME_RESET_SHOW_EMAIL_NOT_FOUND', 'usernameResetShowEmailNotFound'],
  ])('setting %s: either turns the list on for both resets and for resending', async (_, setting) => {
    const site = newSite({ djoser: { sendActivationEmail: true, [setting]: true } })
    const { id } = await site.addUser('barred')
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    await site.addUser('social', { password: null })
    await site.addUser('ann')
    const json = (name: string) => ({ json: { email: `${name}@example.org` } })
    for (const path of ['reset_password', 'reset_username', 'resend_activation']) {
      for (const name of ['nobody', 'barred', 'social']) {
        expect([path, name, ...told(await site.call(`POST users/${path}/`, json(name)))]).toEqual([
          path,
          name,
          400,
          [WORDS.NOMAIL],
        ])
      }
    }
    expect(empty(await site.call('POST users/reset_password/', json('ann')))).toBe(204)
    expect(told(await site.call('POST users/resend_activation/', json('ann')))).toEqual([400, [WORDS.NOMAIL]])
  })

  it.each(['passwordResetShowEmailNotFound', 'usernameResetShowEmailNotFound'] as const)(
    'setting %s: is told in the log at start, unlike in the original',
    (setting) => {
      const warnings: string[] = []
      const logger = { debug() {}, info() {}, error() {}, warn: (_: object, text: string) => void warnings.push(text) }
      newSite({ logger }).auth.start()
      expect(warnings).toEqual([])
      newSite({ logger, djoser: { [setting]: true } }).auth.start()
      expect(warnings).toHaveLength(1)
    },
  )

  it('setting LOGOUT_ON_PASSWORD_CHANGE: ends the token and the session, but only with set_password', async () => {
    const settings = { logoutOnPasswordChange: true, createSessionOnLogin: true } as const
    const site = newSite({ djoser: { ...settings, authentication: ['token', 'session'] } })
    await site.addUser('ann')
    const login = await site.call('POST token/login/', { json: ANN })
    const token = textIn(login, 'auth_token')
    const json = { current_password: PASSWORD, new_password: OTHER_PASSWORD }
    expect(empty(await site.call('POST users/set_password/', { token, json }))).toBe(204)
    expect(told(await site.call('GET users/me/', { token }))).toEqual([401, DETAILS.invalidToken])
    const headers = { cookie: cookieFrom(login, 'sessionid') }
    expect(told(await site.call('GET users/me/', { headers }))).toEqual([401, DETAILS.anonymous])
  })

  it('setting CREATE_SESSION_ON_LOGIN: without it a log-in sets no cookie', async () => {
    const site = newSite({ djoser: { authentication: ['session', 'token'] } })
    await site.addUser('ann')
    expect((await site.call('POST token/login/', { json: ANN })).cookies).toEqual([])
  })

  it('setting TOKEN_MODEL: null leaves JWT alone', async () => {
    const site = newSite({ djoser: { tokenModel: null } })
    await site.addUser('ann')
    expect((await site.call('POST token/login/', { json: ANN })).status).not.toBe(200)
    expect((await site.call('POST jwt/create/', { json: ANN })).status).toBe(200)
  })

  it('setting HIDE_USERS: off shows the list and answers 403 instead of 404', async () => {
    for (const [hideUsers, status, count] of [
      [true, 404, 1],
      [false, 403, 2],
    ] as const) {
      const site = newSite({ djoser: { hideUsers } })
      await site.addUser('ben')
      const { token } = await site.member('ann')
      expect((await site.call('GET users/1/', { token })).status).toBe(status)
      expect((await site.call('GET users/', { token })).body).toHaveLength(count)
    }
  })

  it.each([
    ['ACTIVATION_URL', 'activationUrl', 'resend_activation'],
    ['PASSWORD_RESET_CONFIRM_URL', 'passwordResetConfirmUrl', 'reset_password'],
    ['USERNAME_RESET_CONFIRM_URL', 'usernameResetConfirmUrl', 'reset_username'],
  ] as const)('setting %s: is where its link leads', async (_, setting, path) => {
    const site = newSite({ djoser: { sendActivationEmail: true, [setting]: 'app/{uid}/go/{token}' } })
    await registerPending(site, 'ann', PASSWORD)
    if (path !== 'resend_activation') {
      const { id } = await site.stored('ann')
      await site.auth.setStatus({ userId: id, status: 'active' })
    }
    site.mailer.clear()
    await site.call(`POST users/${path}/`, { json: { email: 'ann@example.org' } })
    expect((await site.mails())[0]?.text).toMatch(/^https:\/\/acme\.test\/app\/MQ\/go\/[\w-]+$/m)
  })

  it.each([
    'app/{uid}',
    'app/{token}',
    'https://evil.example/{uid}/{token}',
    '{uid}/{token}/{token}',
    '{uid}/{token}/{code}',
  ])(
    'setting ACTIVATION_URL: %s is refused at start, unlike in the original, which fails when the mail is built',
    (activationUrl) => {
      expect(() => djoser({ activationUrl })).toThrow(/activationUrl/)
    },
  )

  it('setting EMAIL_FRONTEND_DOMAIN, EMAIL_FRONTEND_PROTOCOL, EMAIL_FRONTEND_SITE_NAME: override the mail’s values', async () => {
    const frontend = { emailFrontendDomain: 'app.acme.example:8443', emailFrontendProtocol: 'http' } as const
    const site = newSite({ djoser: { ...frontend, emailFrontendSiteName: 'Acme App' } })
    await site.addUser('ann')
    await site.call('POST users/reset_password/', { json: { email: 'ann@example.org' } })
    const [mail] = await site.mails()
    expect(mail?.subject).toBe('Password reset on Acme App')
    expect(mail?.text).toContain('http://app.acme.example:8443/#/password/reset/confirm/MQ/')
    expect(mail?.text).toContain('The Acme App team')
  })

  it('setting DOMAIN, SITE_NAME: are what mails say without an override', async () => {
    const site = newSite({ djoser: { domain: 'www.acme.example', siteName: 'Acme Inc' } })
    await site.addUser('ann')
    await site.call('POST users/reset_password/', { json: { email: 'ann@example.org' } })
    const [mail] = await site.mails()
    expect(mail?.subject).toBe('Password reset on Acme Inc')
    expect(mail?.text).toContain('https://www.acme.example/#/password/reset/confirm/MQ/')
  })

  it('setting DEFAULT_FROM_EMAIL: is the site’s sender', async () => {
    const site = newSite({ mail: { from: 'Acme <post@acme.test>' } })
    await site.addUser('ann')
    await site.call('POST users/reset_password/', { json: { email: 'ann@example.org' } })
    expect((await site.mails())[0]?.from).toBe('Acme <post@acme.test>')
  })
})
