import { describe, expect, it } from 'vitest'
import { empty, textIn, told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { djoserSites } from './support/djoser-site.ts'
import { logIn, member, resetLink } from './support/first-generation.ts'
import { FORGED_TOKEN, mailedLink, uidOf } from './support/mailed-link.ts'
import { OLD_DETAILS, OLD_WORDS } from './support/old-words.ts'

const newSite = djoserSites()

const ANN = 'ann@example.org'

const LOGIN = { username: 'ann', password: PASSWORD }

describe('POST /register', () => {
  const DJOSER = { username: 'djoser', password: PASSWORD }

  it('POST /register: 201 with the address and the name, and no id', async () => {
    const answer = await newSite().call('POST register', { form: DJOSER })
    expect([answer.status, answer.text]).toEqual([201, '{"email": "", "username": "djoser"}'])
    expect(['content-type', 'allow'].map((name) => answer.headers.get(name))).toEqual([
      'application/json',
      'POST, OPTIONS',
    ])
  })

  it('POST /register: 201 with a token under LOGIN_AFTER_REGISTRATION', async () => {
    const site = newSite({ djoser: { loginAfterRegistration: true } })
    const { status, text } = await site.call('POST register', { json: DJOSER })
    expect([status, text]).toEqual([
      201,
      expect.stringMatching(/^\{"email": "", "username": "djoser", "auth_token": "[0-9a-f]{40}"\}$/),
    ])
  })

  it.each([
    ['missing', {}],
    ['null', { username: null, password: null }],
    ['blank', { username: '', password: '' }],
  ])('POST /register: 400 REQ for what is %s', async (_, json) => {
    const answer = await newSite().call('POST register', { json })
    expect(told(answer)).toEqual([400, { username: [OLD_WORDS.REQ], password: [OLD_WORDS.REQ] }])
    expect(answer.text).toContain('": ["This field is required."], "')
  })

  it.each([
    ['a taken name', { username: 'ann' }, { username: [OLD_WORDS.UNIQ] }],
    ['a taken name in another case', { username: 'ANN' }, { username: [OLD_WORDS.UNIQ] }],
    ['bad characters', { username: 'djo ser' }, { username: [OLD_WORDS.UCHAR] }],
    ['31 characters', { username: 'a'.repeat(31) }, { username: [OLD_WORDS.MAX] }],
    ['an address that is none', { email: 'a@' }, { email: [OLD_WORDS.MAIL] }],
  ])('POST /register: 400 for %s', async (_, changes, errors) => {
    const site = newSite()
    await site.addUser('ann')
    expect(told(await site.call('POST register', { json: { ...DJOSER, ...changes } }))).toEqual([400, errors])
  })

  it('POST /register: judges a name’s characters and whether it is taken only when nothing else is bad', async () => {
    const site = newSite()
    await site.addUser('ann')
    const told400 = async (json: object): Promise<unknown> => (await site.call('POST register', { json })).body
    for (const username of ['djo ser', 'ann']) {
      expect(await told400({ username, password: PASSWORD, email: 'a@' })).toEqual({ email: [OLD_WORDS.MAIL] })
      expect(await told400({ username })).toEqual({ password: [OLD_WORDS.REQ] })
      expect(await told400({ username, password: '1234567' })).toEqual({ password: expect.any(Array) })
    }
    const long = await told400({ username: `${'a'.repeat(30)} `, password: PASSWORD, email: 'a@' })
    expect(long).toEqual({ username: [OLD_WORDS.MAX], email: [OLD_WORDS.MAIL] })
  })

  it('POST /register: trims nothing', async () => {
    const site = newSite()
    const name = await site.call('POST register', { json: { ...DJOSER, username: ' djoser' } })
    expect(told(name)).toEqual([400, { username: [OLD_WORDS.UCHAR] }])
    const password = ` ${PASSWORD} `
    await site.call('POST register', { json: { ...DJOSER, password } })
    expect((await site.call('POST login', { json: DJOSER })).status).toBe(400)
    expect((await site.call('POST login', { json: { ...DJOSER, password } })).status).toBe(200)
  })

  it.each([null, ''])('POST /register: takes %j for no address', async (email) => {
    const answer = await newSite().call('POST register', { json: { ...DJOSER, email } })
    expect(told(answer)).toEqual([201, { email: '', username: 'djoser' }])
  })
})

describe('POST /login', () => {
  it('POST /login: 200 with 40 hexadecimal digits', async () => {
    const site = newSite()
    await site.addUser('ann')
    const { status, text } = await site.call('POST login', { form: LOGIN })
    expect([status, text]).toEqual([200, expect.stringMatching(/^\{"auth_token": "[0-9a-f]{40}"\}$/)])
  })

  it.each([{}, { username: '', password: '' }, { username: null, password: null }])(
    'POST /login: 400 REQ for %j',
    async (json) => {
      const answer = await newSite().call('POST login', { json })
      expect(told(answer)).toEqual([400, { username: [OLD_WORDS.REQ], password: [OLD_WORDS.REQ] }])
    },
  )

  it.each([
    { username: 'ann', password: 'wrong' },
    { username: 'nobody', password: PASSWORD },
  ])('POST /login: 400 for %j, with "login" in one word', async (json) => {
    const site = newSite()
    await site.addUser('ann')
    expect(told(await site.call('POST login', { json }))).toEqual([400, { non_field_errors: [OLD_WORDS.CRED] }])
  })

  it('POST /login: 400 for the right password of an inactive user tells so only where the site reveals it', async () => {
    for (const [revealStatus, words] of [
      [true, 'User account is disabled.'],
      [false, OLD_WORDS.CRED],
    ] as const) {
      const site = newSite({ login: { emailMustBeVerified: false, revealStatus } })
      const { id } = await site.addUser('ann')
      await site.auth.setStatus({ userId: id, status: 'disabled' })
      expect(told(await site.call('POST login', { json: LOGIN }))).toEqual([400, { non_field_errors: [words] }])
    }
  })

  it('POST /login: 429 after too many wrong guesses only where the site reveals locks', async () => {
    for (const [revealLocks, status] of [
      [true, 429],
      [false, 400],
    ] as const) {
      const site = newSite({ login: { emailMustBeVerified: false, revealLocks } })
      await site.addUser('ann')
      for (const password of ['a', 'b', 'c']) await site.call('POST login', { json: { ...LOGIN, password } })
      expect((await site.call('POST login', { json: LOGIN })).status).toBe(status)
    }
  })
})

describe('POST /logout', () => {
  it('POST /logout: 200 without a body, whatever was sent', async () => {
    const site = newSite()
    const token = await member(site)
    expect(empty(await site.call('POST logout', { token, body: '{', headers: { 'content-type': 'x/y' } }))).toBe(200)
  })

  it('POST /logout: 401 for nobody, and for who has logged out', async () => {
    const site = newSite()
    const token = await member(site)
    const anonymous = await site.call('POST logout')
    expect(told(anonymous)).toEqual([401, OLD_DETAILS.anonymous])
    expect(anonymous.headers.get('www-authenticate')).toBe('Token')
    await site.call('POST logout', { token })
    expect(told(await site.call('POST logout', { token }))).toEqual([401, OLD_DETAILS.invalidToken])
  })
})

describe('GET, PUT, PATCH /me', () => {
  it('GET /me: 200 with the address and the name', async () => {
    const site = newSite()
    const { status, text } = await site.call('GET me', { token: await member(site) })
    expect([status, text]).toEqual([200, `{"email": "${ANN}", "username": "ann"}`])
  })

  it.each(['PUT', 'PATCH'])('%s /me: 200 changes the address and ignores the name', async (method) => {
    const site = newSite()
    const token = await member(site)
    const json = { email: 'anna@example.org', username: 'anna' }
    const changed = { email: 'anna@example.org', username: 'ann' }
    expect(told(await site.call(`${method} me`, { token, json }))).toEqual([200, changed])
    expect((await site.call('GET me', { token })).body).toEqual(changed)
  })

  it.each([{}, null])('PUT /me: 200 with %j changes nothing', async (json) => {
    const site = newSite()
    const token = await member(site)
    expect(told(await site.call('PUT me', { token, json }))).toEqual([200, { email: ANN, username: 'ann' }])
  })

  it('PUT /me: 200 takes an address away', async () => {
    const site = newSite()
    const token = await member(site)
    const answer = await site.call('PUT me', { token, json: { email: null } })
    expect(told(answer)).toEqual([200, { email: '', username: 'ann' }])
  })

  it('PUT /me: 400 for an address that is none, and for one that somebody has', async () => {
    const site = newSite()
    await site.addUser('ben')
    const token = await member(site)
    const bad = await site.call('PUT me', { token, json: { email: 'a@' } })
    expect(told(bad)).toEqual([400, { email: [OLD_WORDS.MAIL] }])
    const taken = await site.call('PUT me', { token, json: { email: 'BEN@example.org' } })
    expect(told(taken)).toEqual([400, { email: ['User with this Email address already exists.'] }])
  })

  it('GET /me: 401 for nobody, for a token that is none, and for a user who is inactive', async () => {
    const site = newSite()
    const { id } = await site.addUser('ann')
    const token = await logIn(site)
    expect(told(await site.call('GET me'))).toEqual([401, OLD_DETAILS.anonymous])
    const unknown = await site.call('GET me', { token: 'f'.repeat(40) })
    expect(told(unknown)).toEqual([401, OLD_DETAILS.invalidToken])
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    expect((await site.call('GET me', { token })).status).toBe(401)
  })

  it.each(['POST', 'DELETE'])('%s /me: 405 with the methods that there are', async (method) => {
    const site = newSite()
    const answer = await site.call(`${method} me`, { token: await member(site) })
    expect([answer.status, answer.text]).toEqual([405, `{"detail": "Method '${method}' not allowed."}`])
    expect(answer.headers.get('allow')).toBe('GET, PUT, PATCH, HEAD, OPTIONS')
  })
})

describe('POST /activate', () => {
  const REGISTER = { ...LOGIN, email: ANN }

  it('POST /activate: 200 with an empty object', async () => {
    const site = newSite({ djoser: { sendActivationEmail: true } })
    await site.call('POST register', { json: REGISTER })
    const answer = await site.call('POST activate', { json: await mailedLink(site, ANN) })
    expect([answer.status, answer.text]).toEqual([200, '{}'])
  })

  it('POST /activate: 200 with a token under LOGIN_AFTER_ACTIVATION', async () => {
    const site = newSite({ djoser: { sendActivationEmail: true, loginAfterActivation: true } })
    await site.call('POST register', { json: REGISTER })
    const answer = await site.call('POST activate', { json: await mailedLink(site, ANN) })
    expect([answer.status, Object.keys(Object(answer.body))]).toEqual([200, ['auth_token']])
    const token = textIn(answer, 'auth_token')
    expect((await site.call('GET me', { token })).status).toBe(200)
    expect((await site.stored('ann')).lastLoginAt).toBeNull()
  })

  it('POST /activate: 400 for what is missing, for a bad uid, and for a bad token', async () => {
    const site = newSite({ djoser: { sendActivationEmail: true } })
    await site.call('POST register', { json: REGISTER })
    const { uid, token } = await mailedLink(site, ANN)
    const answer = async (json: object): Promise<unknown> => told(await site.call('POST activate', { json }))
    expect(await answer({})).toEqual([400, { uid: [OLD_WORDS.REQ], token: [OLD_WORDS.REQ] }])
    for (const bad of ['x', '=', '\0', uidOf(4711)]) {
      expect(await answer({ uid: bad, token })).toEqual([400, { uid: [expect.any(String)] }])
    }
    expect(await answer({ uid, token: FORGED_TOKEN })).toEqual([400, { non_field_errors: [OLD_WORDS.TOK] }])
  })
})

describe('POST /username', () => {
  const RIGHT = { new_username: 'anna', current_password: PASSWORD }

  it('POST /username: 200 without a body', async () => {
    const site = newSite()
    const token = await member(site)
    expect(empty(await site.call('POST username', { token, json: RIGHT }))).toBe(200)
    expect((await site.call('GET me', { token })).body).toEqual({ email: ANN, username: 'anna' })
    expect(await site.mails()).toEqual([])
  })

  it('POST /username: 401 for nobody, 400 for what is missing', async () => {
    const site = newSite({ djoser: { setUsernameRetype: true } })
    expect(told(await site.call('POST username', { json: RIGHT }))).toEqual([401, OLD_DETAILS.anonymous])
    const answer = await site.call('POST username', { token: await member(site), json: {} })
    const REQ = [OLD_WORDS.REQ]
    expect(told(answer)).toEqual([400, { new_username: REQ, current_password: REQ, re_new_username: REQ }])
  })

  // The original answers a taken name with a 500, and takes characters that nobody can log in with.
  it.each([
    ['taken', 'ben', OLD_WORDS.UNIQ],
    ['of bad characters', 'an na', OLD_WORDS.UCHAR],
    ['too long', 'a'.repeat(31), OLD_WORDS.MAX],
  ])('POST /username: 400 for a name that is %s', async (_, name, words) => {
    const site = newSite()
    await site.addUser('ben')
    const token = await member(site)
    const answer = await site.call('POST username', { token, json: { ...RIGHT, new_username: name } })
    expect(told(answer)).toEqual([400, { new_username: [words] }])
  })

  it('POST /email: stands in its place for a model without user names', async () => {
    const user = { username: 'none', email: 'required' } as const
    const site = newSite({ user, djoser: { setUsernameRetype: true } })
    const { text } = await site.call('POST register', { json: { email: ANN, password: PASSWORD } })
    expect(text).toBe(`{"email": "${ANN}"}`)
    const token = await logIn(site, { email: ANN, password: PASSWORD })
    const json = { new_email: 'b@example.org', re_new_email: 'c@example.org', current_password: PASSWORD }
    const told400 = async (changes: object): Promise<unknown> =>
      (await site.call('POST email', { token, json: { ...json, ...changes } })).body
    expect(await told400({})).toEqual({ non_field_errors: ["The two email fields didn't match."] })
    expect(await told400({ current_password: 'x' })).toEqual({ current_password: [OLD_WORDS.PASS] })
    expect(await told400({ new_email: 'a@', re_new_email: 'a@' })).toEqual({ new_email: [OLD_WORDS.MAIL] })
    const right = { ...json, re_new_email: json.new_email }
    expect(empty(await site.call('POST email', { token, json: right }))).toBe(200)
    expect((await site.call('GET me', { token })).body).toEqual({ email: 'b@example.org' })
    expect((await site.call('POST username', { token, json: right })).status).toBe(404)
  })
})

describe('POST /password', () => {
  const RIGHT = { new_password: OTHER_PASSWORD, current_password: PASSWORD }

  it('POST /password: 200 without a body, and the token stays valid', async () => {
    const site = newSite()
    const token = await member(site)
    expect(empty(await site.call('POST password', { token, json: RIGHT }))).toBe(200)
    expect((await site.call('GET me', { token })).status).toBe(200)
    expect(await logIn(site, { ...LOGIN, password: OTHER_PASSWORD })).toBe(token)
    expect(await site.mails()).toEqual([])
  })

  it('POST /password: 401 for nobody, 400 for what is missing', async () => {
    const site = newSite({ djoser: { setPasswordRetype: true } })
    expect(told(await site.call('POST password', { json: RIGHT }))).toEqual([401, OLD_DETAILS.anonymous])
    const answer = await site.call('POST password', { token: await member(site), json: {} })
    const REQ = [OLD_WORDS.REQ]
    expect(told(answer)).toEqual([400, { new_password: REQ, current_password: REQ, re_new_password: REQ }])
  })

  it('POST /password: 400 for a password that the site’s validators refuse', async () => {
    const site = newSite()
    const answer = await site.call('POST password', {
      token: await member(site),
      json: { ...RIGHT, new_password: 'zorblax' },
    })
    expect(told(answer)).toEqual([400, { new_password: [OLD_WORDS.SHORT] }])
  })
})

describe('POST /password/reset', () => {
  it('POST /password/reset: 200 without a body, whether or not the address is known', async () => {
    const site = newSite()
    await site.addUser('ann')
    for (const email of [ANN, 'nobody@example.org']) {
      expect(empty(await site.call('POST password/reset', { json: { email } }))).toBe(200)
    }
  })

  it('POST /password/reset: 400 for no address and for one that is none', async () => {
    const { call } = newSite()
    const answer = async (json: unknown): Promise<unknown> => told(await call('POST password/reset', { json }))
    expect(await answer({})).toEqual([400, { email: [OLD_WORDS.REQ] }])
    expect(await answer({ email: 'a@' })).toEqual([400, { email: [OLD_WORDS.MAIL] }])
  })
})

describe('POST /password/reset/confirm', () => {
  it('POST /password/reset/confirm: 200 without a body', async () => {
    const site = newSite()
    await site.addUser('ann')
    const json = { ...(await resetLink(site, ANN)), new_password: OTHER_PASSWORD }
    expect(empty(await site.call('POST password/reset/confirm', { json }))).toBe(200)
  })

  it('POST /password/reset/confirm: 400 for what is missing', async () => {
    const site = newSite({ djoser: { passwordResetConfirmRetype: true } })
    const answer = await site.call('POST password/reset/confirm', { json: {} })
    const REQ = [OLD_WORDS.REQ]
    expect(told(answer)).toEqual([400, { uid: REQ, token: REQ, new_password: REQ, re_new_password: REQ }])
  })

  it('POST /password/reset/confirm: 400 for a mismatch, before a bad token is', async () => {
    const site = newSite({ djoser: { passwordResetConfirmRetype: true } })
    await site.addUser('ann')
    const { uid } = await resetLink(site, ANN)
    const json = { uid, token: FORGED_TOKEN, new_password: OTHER_PASSWORD, re_new_password: PASSWORD }
    const answer = await site.call('POST password/reset/confirm', { json })
    expect(told(answer)).toEqual([400, { non_field_errors: [OLD_WORDS.PMIS] }])
  })
})
