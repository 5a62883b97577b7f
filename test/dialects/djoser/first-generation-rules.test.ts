import { describe, expect, it } from 'vitest'
import { djoser } from '../../../src/dialects/djoser/index.ts'
import { field } from '../../../src/model/declare-field.ts'
import { empty, textIn, told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { djoserSites } from './support/djoser-site.ts'
import { logIn, member, resetLink } from './support/first-generation.ts'
import { FORGED_TOKEN, mailedLink, uidOf } from './support/mailed-link.ts'
import { OLD_DETAILS, OLD_WORDS } from './support/old-words.ts'

const newSite = djoserSites()

const ANN = 'ann@example.org'

const LOGIN = { username: 'ann', password: PASSWORD }

const REGISTER = { ...LOGIN, email: ANN }

const MAILED = { djoser: { sendActivationEmail: true } } as const

const BAD_TOKEN = [400, { non_field_errors: [OLD_WORDS.TOK] }]

describe('the rules of the first generation', () => {
  it('G1-1: registers with a usable password that is never shown, and a token only where that is set', async () => {
    for (const loginAfterRegistration of [true, false]) {
      const site = newSite({ djoser: { loginAfterRegistration } })
      const answer = await site.call('POST register', { json: REGISTER })
      expect(answer.text).not.toContain(PASSWORD)
      expect(Object.keys(Object(answer.body))).toEqual([
        'email',
        'username',
        ...(loginAfterRegistration ? ['auth_token'] : []),
      ])
      const token = await logIn(site)
      if (loginAfterRegistration) expect(textIn(answer, 'auth_token')).toBe(token)
    }
  })

  // The original lets many users share an address.
  it('G1-1: who takes an address that somebody has gets the same answer without a token, and the owner a mail', async () => {
    const site = newSite({ djoser: { loginAfterRegistration: true } })
    await site.addUser('ann')
    const answer = await site.call('POST register', { json: { ...REGISTER, username: 'eve' } })
    expect(told(answer)).toEqual([201, { email: ANN, username: 'eve' }])
    expect((await site.call('POST login', { json: { ...LOGIN, username: 'eve' } })).status).toBe(400)
    expect((await site.mails()).map(({ to }) => to)).toEqual([ANN])
  })

  it.each(['loginAfterRegistration', 'loginAfterActivation'])('tells in the log what %s gives away', (setting) => {
    expect(djoser({ [setting]: true }).dangers).toEqual([expect.stringContaining(setting)])
    expect(djoser().dangers).toEqual([])
  })

  it('G1-2: with SEND_ACTIVATION_EMAIL sends exactly one mail, to the address that was registered', async () => {
    const site = newSite(MAILED)
    await site.call('POST register', { json: REGISTER })
    expect((await site.mails()).map(({ to, subject }) => [to, subject])).toEqual([[ANN, 'Account activation on Acme']])
  })

  it('G1-2: without it sends none, and without an address there is nothing to send', async () => {
    for (const [options, json] of [
      [{}, REGISTER],
      [MAILED, LOGIN],
    ] as const) {
      const site = newSite(options)
      expect((await site.call('POST register', { json })).status).toBe(201)
      expect(await site.mails()).toEqual([])
    }
  })

  it('G1-3: an account is active at once, though a mail was sent', async () => {
    const site = newSite(MAILED)
    await site.call('POST register', { json: REGISTER })
    expect((await site.stored('ann')).status).toBe('active')
    expect((await site.call('POST login', { json: LOGIN })).status).toBe(200)
  })

  it('G1-3: an account waits where login.emailMustBeVerified demands it', async () => {
    const site = newSite({ login: { emailMustBeVerified: true }, djoser: { loginAfterActivation: true } })
    expect((await site.call('POST register', { json: REGISTER })).status).toBe(201)
    expect((await site.call('POST login', { json: LOGIN })).status).toBe(400)
    const activated = await site.call('POST activate', { json: await mailedLink(site, ANN) })
    expect(await logIn(site)).toBe(textIn(activated, 'auth_token'))
  })

  it('G1-4: every log-in gives the same token, and a new one after logout', async () => {
    const site = newSite()
    const token = await member(site)
    expect(await logIn(site)).toBe(token)
    await site.call('POST logout', { token })
    expect(await logIn(site)).not.toBe(token)
  })

  it('G1-4: log-in leaves last-login untouched', async () => {
    const site = newSite()
    await member(site)
    expect((await site.stored('ann')).lastLoginAt).toBeNull()
  })

  it('G1-4: a password is exact to the case and to the space', async () => {
    const site = newSite()
    await site.addUser('ann')
    for (const password of [PASSWORD.toUpperCase(), `${PASSWORD} `]) {
      const answer = await site.call('POST login', { json: { ...LOGIN, password } })
      expect(told(answer)).toEqual([400, { non_field_errors: [OLD_WORDS.CRED] }])
    }
  })

  // The original tells names apart by their case, so that one can pass for another.
  it('G1-4: a name is the same in any case, unlike in the original', async () => {
    const site = newSite()
    const token = await member(site)
    expect(await logIn(site, { ...LOGIN, username: 'ANN' })).toBe(token)
  })

  it('G1-5: logout deletes the token; nobody cannot log out', async () => {
    const site = newSite()
    const token = await member(site)
    expect(empty(await site.call('POST logout', { token }))).toBe(200)
    expect(told(await site.call('GET me', { token }))).toEqual([401, OLD_DETAILS.invalidToken])
    expect(told(await site.call('POST logout'))).toEqual([401, OLD_DETAILS.anonymous])
  })

  // The original hands every key to its user factory, and fails at those that it does not know.
  it('G1-6: registration ignores keys that are not its own, unlike the original', async () => {
    const site = newSite()
    const more = {
      first_name: 'Ann',
      is_staff: true,
      is_superuser: true,
      is_active: false,
      id: 9,
      csrftoken: 'x',
      a: [],
    }
    const answer = await site.call('POST register', { json: { ...REGISTER, ...more } })
    expect(told(answer)).toEqual([201, { email: ANN, username: 'ann' }])
    const stored = { id: 1, firstName: '', isStaff: false, isSuperuser: false, status: 'active' }
    expect(await site.stored('ann')).toMatchObject(stored)
  })

  it('G1-7: a reset mail goes to the active owner of the address in any case, and to nobody else', async () => {
    const site = newSite()
    await site.addUser('ann')
    await site.addUser('social', { password: null })
    const { id } = await site.addUser('barred')
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    for (const email of ['ANN@Example.org', 'social@example.org', 'barred@example.org', 'nobody@example.org']) {
      expect(empty(await site.call('POST password/reset', { json: { email } }))).toBe(200)
    }
    expect((await site.mails()).map(({ to, subject }) => [to, subject])).toEqual([[ANN, 'Password reset on Acme']])
  })

  it('G1-8: a reset sets the password', async () => {
    const site = newSite()
    await site.addUser('ann')
    const json = { ...(await resetLink(site, ANN)), new_password: OTHER_PASSWORD }
    expect(empty(await site.call('POST password/reset/confirm', { json }))).toBe(200)
    expect((await site.call('POST login', { json: LOGIN })).status).toBe(400)
    await logIn(site, { ...LOGIN, password: OTHER_PASSWORD })
    expect((await site.mails()).map(({ subject }) => subject)).toEqual(['Password reset on Acme'])
  })

  it('G1-8: a wrong uid, an unknown user, a wrong token and a mismatch leave the password as it was', async () => {
    const site = newSite({ djoser: { passwordResetConfirmRetype: true } })
    await site.addUser('ann')
    const link = await resetLink(site, ANN)
    const right = { ...link, new_password: OTHER_PASSWORD, re_new_password: OTHER_PASSWORD }
    const badUid = [400, { uid: [expect.any(String)] }]
    for (const [changes, refused] of [
      [{ uid: 'x' }, badUid],
      [{ uid: uidOf(4711) }, badUid],
      [{ token: FORGED_TOKEN }, BAD_TOKEN],
      [{ re_new_password: PASSWORD }, [400, { non_field_errors: [OLD_WORDS.PMIS] }]],
    ] as const) {
      expect(told(await site.call('POST password/reset/confirm', { json: { ...right, ...changes } }))).toEqual(refused)
    }
    await logIn(site)
    expect(empty(await site.call('POST password/reset/confirm', { json: right }))).toBe(200)
  })

  it('G1-9: a token works once, and dies when the password changes another way', async () => {
    const site = newSite()
    const token = await member(site)
    const json = { ...(await resetLink(site, ANN)), new_password: OTHER_PASSWORD }
    await site.call('POST password', { token, json: { new_password: OTHER_PASSWORD, current_password: PASSWORD } })
    expect(told(await site.call('POST password/reset/confirm', { json }))).toEqual(BAD_TOKEN)
    const second = { ...(await resetLink(site, ANN)), new_password: PASSWORD }
    expect(empty(await site.call('POST password/reset/confirm', { json: second }))).toBe(200)
    expect(told(await site.call('POST password/reset/confirm', { json: second }))).toEqual(BAD_TOKEN)
  })

  // Three days in the original; here `codes.resetPasswordSeconds` says.
  it('G1-9: a token lives as long as is configured', async () => {
    const site = newSite({ codes: { resetPasswordSeconds: 86_400 } })
    await site.addUser('ann')
    const json = { ...(await resetLink(site, ANN)), new_password: OTHER_PASSWORD }
    site.clock.advance({ days: 1, seconds: 1 })
    expect(told(await site.call('POST password/reset/confirm', { json }))).toEqual(BAD_TOKEN)
    const again = { ...(await resetLink(site, ANN)), new_password: OTHER_PASSWORD }
    site.clock.advance({ seconds: 86_399 })
    expect(empty(await site.call('POST password/reset/confirm', { json: again }))).toBe(200)
  })

  it('G1-10: activation makes the account active, and its token works once, unlike in the original', async () => {
    const site = newSite({ login: { emailMustBeVerified: true }, djoser: { loginAfterActivation: true } })
    await site.call('POST register', { json: REGISTER })
    const json = await mailedLink(site, ANN)
    expect((await site.call('POST activate', { json })).status).toBe(200)
    expect((await site.stored('ann')).status).toBe('active')
    expect(told(await site.call('POST activate', { json }))).toEqual(BAD_TOKEN)
  })

  it('G1-10: tokens of activation and of reset do not stand in for each other, unlike in the original', async () => {
    const site = newSite(MAILED)
    await site.call('POST register', { json: REGISTER })
    const activation = await mailedLink(site, ANN)
    const reset = await resetLink(site, ANN)
    expect(told(await site.call('POST activate', { json: reset }))).toEqual(BAD_TOKEN)
    const json = { ...activation, new_password: OTHER_PASSWORD }
    expect(told(await site.call('POST password/reset/confirm', { json }))).toEqual(BAD_TOKEN)
    await logIn(site)
  })

  it('G1-10: activation never brings back a user whom an operator has disabled', async () => {
    const site = newSite(MAILED)
    await site.call('POST register', { json: REGISTER })
    const json = await mailedLink(site, ANN)
    await site.auth.setStatus({ userId: 1, status: 'disabled' })
    expect(told(await site.call('POST activate', { json }))).toEqual(BAD_TOKEN)
    expect((await site.stored('ann')).status).toBe('disabled')
  })

  it('G1-11: a new password needs the right one and both entries alike; the wrong one is told alone', async () => {
    const site = newSite({ djoser: { setPasswordRetype: true } })
    const token = await member(site)
    const right = { new_password: OTHER_PASSWORD, re_new_password: OTHER_PASSWORD, current_password: PASSWORD }
    const refused = async (json: object): Promise<unknown> => told(await site.call('POST password', { token, json }))
    const wrong = [400, { current_password: [OLD_WORDS.PASS] }]
    expect(await refused({ ...right, current_password: 'x' })).toEqual(wrong)
    expect(await refused({ ...right, current_password: 'x', re_new_password: 'y' })).toEqual(wrong)
    const differing = [400, { non_field_errors: [OLD_WORDS.PMIS] }]
    expect(await refused({ ...right, re_new_password: 'y' })).toEqual(differing)
    await logIn(site)
    expect(empty(await site.call('POST password', { token, json: right }))).toBe(200)
  })

  it('G1-11: a new name needs the right password and both entries alike; the wrong one is told alone', async () => {
    const site = newSite({ djoser: { setUsernameRetype: true } })
    await site.addUser('ben')
    const token = await member(site)
    const right = { new_username: 'anna', re_new_username: 'anna', current_password: PASSWORD }
    const refused = async (changes: object): Promise<unknown> =>
      told(await site.call('POST username', { token, json: { ...right, ...changes } }))
    const wrong = [400, { current_password: [OLD_WORDS.PASS] }]
    expect(await refused({ current_password: 'x' })).toEqual(wrong)
    expect(await refused({ current_password: 'x', re_new_username: 'y', new_username: 'ben' })).toEqual(wrong)
    expect(await refused({ re_new_username: 'y' })).toEqual([400, { non_field_errors: [OLD_WORDS.UMIS] }])
    expect((await site.call('GET me', { token })).body).toEqual({ email: ANN, username: 'ann' })
    expect(empty(await site.call('POST username', { token, json: right }))).toBe(200)
  })

  it('G1-12: me shows exactly the required fields and the name, and changes the required fields', async () => {
    const site = newSite({ djoser: { requiredFields: ['email', 'firstName'] } })
    const json = { ...REGISTER, first_name: 'Ann' }
    const shown = { email: ANN, first_name: 'Ann', username: 'ann' }
    expect(told(await site.call('POST register', { json }))).toEqual([201, shown])
    const token = await logIn(site)
    const put = await site.call('PUT me', { token, json: { email: ANN, first_name: 'Anna', last_name: 'Lee' } })
    expect(told(put)).toEqual([200, { ...shown, first_name: 'Anna' }])
    const patched = await site.call('PATCH me', { token, json: { first_name: 'Annie' } })
    expect(told(patched)).toEqual([200, { ...shown, first_name: 'Annie' }])
  })

  it('G1-12: follows a model of one’s own, with its required fields first', async () => {
    const fields = {
      fullName: field.text({ required: true, maxLength: 5 }),
      age: field.number({ integer: true, required: true }),
    }
    const site = newSite({ user: { username: 'none', email: 'required', fields } })
    const register = async (json: object) =>
      site.call('POST register', { json: { email: ANN, password: PASSWORD, ...json } })
    expect(told(await register({}))).toEqual([400, { full_name: [OLD_WORDS.REQ], age: [OLD_WORDS.REQ] }])
    const wrong = await register({ full_name: 'Ann Lee', age: 'x' })
    expect(told(wrong)).toEqual([
      400,
      { full_name: ['Ensure this value has at most 5 characters (it has 7).'], age: [expect.any(String)] },
    ])
    expect((await register({ full_name: 'Ann ', age: 7 })).text).toBe(
      `{"full_name": "Ann ", "age": 7, "email": "${ANN}"}`,
    )
    const token = await logIn(site, { email: ANN, password: PASSWORD })
    expect((await site.call('PUT me', { token, json: { full_name: 'Anna' } })).body).toEqual({ age: [OLD_WORDS.REQ] })
    const patched = await site.call('PATCH me', { token, json: { full_name: 'Anna' } })
    expect(told(patched)).toEqual([200, { full_name: 'Anna', age: 7, email: ANN }])
  })

  it('G1-13: the token that a password was changed with survives that', async () => {
    const site = newSite()
    const token = await member(site)
    await site.call('POST password', { token, json: { new_password: OTHER_PASSWORD, current_password: PASSWORD } })
    expect((await site.call('GET me', { token })).status).toBe(200)
  })

  // In the original a thief keeps the token that the owner resets the password to get rid of.
  it('G1-13: no token survives a reset, unlike in the original', async () => {
    const site = newSite()
    const token = await member(site)
    const json = { ...(await resetLink(site, ANN)), new_password: OTHER_PASSWORD }
    await site.call('POST password/reset/confirm', { json })
    expect(told(await site.call('GET me', { token }))).toEqual([401, OLD_DETAILS.invalidToken])
  })

  it('G1-14: GET on a path for POST is 405 for who may post there, and 401 for who may not', async () => {
    const site = newSite()
    const token = await member(site)
    const open = ['register', 'login', 'activate', 'password/reset', 'password/reset/confirm']
    const guarded = ['logout', 'username', 'password']
    const statuses = async (paths: readonly string[], options = {}): Promise<readonly number[]> =>
      Promise.all(paths.map(async (path) => (await site.call(`GET ${path}`, options)).status))
    expect(await statuses(open)).toEqual(open.map(() => 405))
    expect(await statuses(guarded)).toEqual(guarded.map(() => 401))
    expect(await statuses([...open, ...guarded], { token })).toEqual([...open, ...guarded].map(() => 405))
  })
})
