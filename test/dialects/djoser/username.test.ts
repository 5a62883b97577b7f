import { describe, expect, it } from 'vitest'
import { empty, told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { djoserSites } from './support/djoser-site.ts'
import { FORGED_TOKEN, requestLink, uidOf } from './support/mailed-link.ts'
import { DETAILS, WORDS } from './support/words.ts'

const newSite = djoserSites()

const ANN = 'ann@example.org'

const SET = 'POST users/set_username/'

const CONFIRM = 'POST users/reset_username_confirm/'

describe('POST users/set_username/', () => {
  const RIGHT = { new_username: 'anna', current_password: PASSWORD }

  it('POST users/set_username/: 204 without a body', async () => {
    const site = newSite()
    const { token } = await site.member('ann')
    expect(empty(await site.call(SET, { token, json: RIGHT }))).toBe(204)
  })

  it('POST users/set_username/: 401 for nobody, 400 for what is missing', async () => {
    const site = newSite()
    const { token } = await site.member('ann')
    expect(told(await site.call(SET, { json: RIGHT }))).toEqual([401, DETAILS.anonymous])
    expect(told(await site.call(SET, { token, json: {} }))).toEqual([
      400,
      { new_username: [WORDS.REQ], current_password: [WORDS.REQ] },
    ])
  })

  it.each([
    ['taken', 'ben', WORDS.UNIQ],
    ['the own one', 'ann', WORDS.UNIQ],
    ['of bad characters', 'an na', WORDS.UCHAR],
    ['too long', 'a'.repeat(151), WORDS.MAX],
  ])('POST users/set_username/: 400 for a name that is %s', async (_, name, word) => {
    const site = newSite()
    await site.addUser('ben')
    const { token } = await site.member('ann')
    const answer = await site.call(SET, { token, json: { ...RIGHT, new_username: name } })
    expect(told(answer)).toEqual([400, { new_username: [word] }])
  })

  it('POST users/set_username/: 400 tells a bad name and a wrong password together', async () => {
    const site = newSite()
    await site.addUser('ben')
    const { token } = await site.member('ann')
    const json = { new_username: 'ben', current_password: 'wrong' }
    expect(told(await site.call(SET, { token, json }))).toEqual([
      400,
      { new_username: [WORDS.UNIQ], current_password: [WORDS.PASS] },
    ])
  })

  it('POST users/set_username/: 400 for two entries that differ, once all else is right', async () => {
    const site = newSite({ djoser: { setUsernameRetype: true } })
    const { token } = await site.member('ann')
    const json = { ...RIGHT, re_new_username: 'anne' }
    expect(told(await site.call(SET, { token, json }))).toEqual([400, { non_field_errors: [WORDS.UMIS] }])
    const missing = await site.call(SET, { token, json: RIGHT })
    expect(told(missing)).toEqual([400, { re_new_username: [WORDS.REQ] }])
  })

  it('rule 42: changes the name, with no mail and the same token', async () => {
    const site = newSite()
    const { token, id } = await site.member('ann')
    await site.call(SET, { token, json: RIGHT })
    expect(told(await site.call('GET users/me/', { token }))).toEqual([200, { email: ANN, id, username: 'anna' }])
    expect(await site.mails()).toEqual([])
    expect(await site.tokenOf('anna')).toBe(token)
  })

  it('rule 42: what is refused leaves the name as it was', async () => {
    const site = newSite({ djoser: { setUsernameRetype: true } })
    await site.addUser('ben')
    const { token, id } = await site.member('ann')
    for (const changes of [
      { current_password: 'wrong' },
      { re_new_username: 'other' },
      { new_username: 'ben', re_new_username: 'ben' },
      { new_username: 'ann', re_new_username: 'ann' },
      { new_username: 'an/na', re_new_username: 'an/na' },
    ]) {
      const json = { ...RIGHT, re_new_username: 'anna', ...changes }
      expect((await site.call(SET, { token, json })).status).toBe(400)
      expect((await site.store.users.findById(id))?.username).toBe('ann')
    }
  })

  it('rule 42: with the confirmation on sends the user one mail', async () => {
    const site = newSite({ djoser: { usernameChangedEmailConfirmation: true } })
    const { token } = await site.member('ann')
    await site.call(SET, { token, json: RIGHT })
    expect((await site.mails()).map(({ to, subject }) => [to, subject])).toEqual([
      [ANN, 'Acme - Your username has been successfully changed!'],
    ])
  })

  // The original stores here what was sent, so that the same name has two forms by the way it came in.
  it('rule 8: set_username stores the name in NFKC, unlike the original', async () => {
    const site = newSite()
    const { token, id } = await site.member('ann')
    await site.call(SET, { token, json: { ...RIGHT, new_username: 'ａnna' } })
    expect((await site.store.users.findById(id))?.username).toBe('anna')
  })
})

describe('a model without user names', () => {
  const user = { username: 'none', email: 'required' } as const

  it('rule 43: paths and keys follow the field that logs in', async () => {
    const site = newSite({ user, djoser: { setUsernameRetype: true } })
    await site.call('POST users/', { json: { email: ANN, password: PASSWORD } })
    const login = await site.call('POST token/login/', { json: { email: ANN, password: PASSWORD } })
    const { auth_token: token } = login.body as { readonly auth_token: string }
    expect(told(await site.call('POST users/set_email/', { token, json: {} }))).toEqual([
      400,
      { new_email: [WORDS.REQ], current_password: [WORDS.REQ], re_new_email: [WORDS.REQ] },
    ])
    const json = { new_email: 'new@example.org', re_new_email: 'other@example.org', current_password: PASSWORD }
    expect(told(await site.call('POST users/set_email/', { token, json }))).toEqual([
      400,
      { non_field_errors: ["The two email fields didn't match."] },
    ])
    expect((await site.call(SET, { token, json: {} })).status).toBe(405)
    expect((await site.stored(ANN)).email).toBe(ANN)
  })

  it('rule 43: set_email changes the address with the password alone, and refuses one that somebody has', async () => {
    const site = newSite({ user })
    for (const email of [ANN, 'ben@example.org'])
      await site.call('POST users/', { json: { email, password: PASSWORD } })
    const login = await site.call('POST token/login/', { json: { email: ANN, password: PASSWORD } })
    const { auth_token: token } = login.body as { readonly auth_token: string }
    const change = (new_email: string, current_password: string) =>
      site.call('POST users/set_email/', { token, json: { new_email, current_password } })
    expect(told(await change('new@example.org', 'wrong'))).toEqual([400, { current_password: [WORDS.PASS] }])
    expect(await change('ben@example.org', PASSWORD)).toMatchObject({
      status: 400,
      body: { new_email: [expect.any(String) as string] },
    })
    expect(empty(await change('new@example.org', PASSWORD))).toBe(204)
    expect(told(await site.call('GET users/me/', { token }))).toEqual([200, { id: 1, email: 'new@example.org' }])
  })

  // The original mails the address a link that changes it. Who reads that mailbox would only move the account away from
  // it, so there is no such mail here, and nothing that would open with one.
  it('rule 43: unlike the original nothing resets an address by mail, and both answers tell nothing', async () => {
    const site = newSite({ user })
    await site.call('POST users/', { json: { email: ANN, password: PASSWORD } })
    for (const email of [ANN, 'nobody@example.org']) {
      expect(empty(await site.call('POST users/reset_email/', { json: { email } }))).toBe(204)
    }
    expect(await site.mails()).toEqual([])
    const json = { uid: 'MQ', token: FORGED_TOKEN, new_email: 'new@example.org' }
    expect((await site.call('POST users/reset_email_confirm/', { json })).status).toBe(400)
    expect((await site.stored(ANN)).email).toBe(ANN)
  })
})

describe('POST users/reset_username/', () => {
  it('POST users/reset_username/: 204 without a body, known or not', async () => {
    const site = newSite()
    await site.addUser('ann')
    for (const email of [ANN, 'nobody@example.org']) {
      expect(empty(await site.call('POST users/reset_username/', { json: { email } }))).toBe(204)
    }
  })

  it('POST users/reset_username/: 400 for a bad address, MAIL', async () => {
    const answer = await newSite().call('POST users/reset_username/', { json: { email: 'x' } })
    expect(told(answer)).toEqual([400, { email: [WORDS.MAIL] }])
  })

  it('rule 44: sends a mail of its own to active users with a password, and to nobody else', async () => {
    const site = newSite()
    await site.addUser('ann')
    await site.addUser('social', { password: null })
    const { id } = await site.addUser('barred')
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    for (const name of ['ann', 'social', 'barred', 'nobody']) {
      await site.call('POST users/reset_username/', { json: { email: `${name}@example.org` } })
    }
    expect((await site.mails()).map(({ to, subject }) => [to, subject])).toEqual([[ANN, 'Username reset on Acme']])
  })

  it.each(['passwordResetShowEmailNotFound', 'usernameResetShowEmailNotFound'])(
    'rule 44: with %s an unknown address is told in a list',
    async (setting) => {
      const site = newSite({ djoser: { [setting]: true } })
      const answer = await site.call('POST users/reset_username/', { json: { email: 'nobody@example.org' } })
      expect(told(answer)).toEqual([400, [WORDS.NOMAIL]])
    },
  )
})

describe('POST users/reset_username_confirm/', () => {
  it('POST users/reset_username_confirm/: 204 without a body', async () => {
    const site = newSite()
    await site.addUser('ann')
    const link = await requestLink(site, 'reset_username', ANN)
    expect(empty(await site.call(CONFIRM, { json: { ...link, new_username: 'anna' } }))).toBe(204)
  })

  it('POST users/reset_username_confirm/: 400 judges name, repetition, uid and token in this order', async () => {
    const site = newSite({ djoser: { usernameResetConfirmRetype: true } })
    await site.addUser('ann')
    await site.addUser('ben')
    const { uid } = await requestLink(site, 'reset_username', ANN)
    const bad = { uid: 'x', token: FORGED_TOKEN }
    const steps: readonly (readonly [object, object])[] = [
      [{ ...bad, new_username: 'ben', re_new_username: 'x' }, { new_username: [WORDS.UNIQ] }],
      [{ ...bad, new_username: 'an na', re_new_username: 'x' }, { new_username: [WORDS.UCHAR] }],
      [{ ...bad, new_username: 'anna', re_new_username: 'x' }, { non_field_errors: [WORDS.UMIS] }],
      [{ ...bad, new_username: 'anna', re_new_username: 'anna' }, { uid: [WORDS.UID] }],
      [{ ...bad, uid, new_username: 'anna', re_new_username: 'anna' }, { token: [WORDS.TOK] }],
    ]
    for (const [json, errors] of steps) expect(told(await site.call(CONFIRM, { json }))).toEqual([400, errors])
  })

  it('POST users/reset_username_confirm/: 400 for a missing or blank uid or token, which are UID and TOK and not REQ', async () => {
    const site = newSite()
    await site.addUser('ann')
    const { uid, token } = await requestLink(site, 'reset_username', ANN)
    for (const [json, errors] of [
      [{ new_username: 'anna' }, { uid: [WORDS.UID] }],
      [{ new_username: 'anna', uid: '', token }, { uid: [WORDS.UID] }],
      [{ new_username: 'anna', uid }, { token: [WORDS.TOK] }],
      [{ new_username: 'anna', uid, token: '' }, { token: [WORDS.TOK] }],
      [{}, { new_username: [WORDS.REQ] }],
    ]) {
      expect(told(await site.call(CONFIRM, { json }))).toEqual([400, errors])
    }
  })

  // The original answers a uid that is null or no text with a 500.
  it('POST users/reset_username_confirm/: 400 for a uid that is no text, unlike the original', async () => {
    const site = newSite()
    await site.addUser('ann')
    const { token } = await requestLink(site, 'reset_username', ANN)
    for (const uid of [null, 1, ['MQ'], { a: 1 }, true]) {
      const { status } = await site.call(CONFIRM, { json: { uid, token, new_username: 'anna' } })
      expect([uid, status]).toEqual([uid, 400])
    }
    expect((await site.stored('ann')).username).toBe('ann')
  })

  it('rule 45: changes the name and sends no mail', async () => {
    const site = newSite()
    const { id } = await site.addUser('ann')
    const link = await requestLink(site, 'reset_username', ANN)
    site.mailer.clear()
    await site.call(CONFIRM, { json: { ...link, new_username: 'anna' } })
    expect((await site.store.users.findById(id))?.username).toBe('anna')
    expect(await site.mails()).toEqual([])
  })

  it('rule 45: what is refused leaves the name as it was', async () => {
    const site = newSite({ djoser: { usernameResetConfirmRetype: true } })
    const { id } = await site.addUser('ann')
    const link = await requestLink(site, 'reset_username', ANN)
    const right = { ...link, new_username: 'anna', re_new_username: 'anna' }
    for (const changes of [
      { uid: 'x' },
      { uid: 'gICAgA' },
      { uid: uidOf(999) },
      { token: FORGED_TOKEN },
      { re_new_username: 'other' },
      { new_username: 'an na', re_new_username: 'an na' },
    ]) {
      expect((await site.call(CONFIRM, { json: { ...right, ...changes } })).status).toBe(400)
      expect((await site.store.users.findById(id))?.username).toBe('ann')
    }
    expect(empty(await site.call(CONFIRM, { json: right }))).toBe(204)
  })

  it('rule 45: with the confirmation on sends the user one mail', async () => {
    const site = newSite({ djoser: { usernameChangedEmailConfirmation: true } })
    await site.addUser('ann')
    const link = await requestLink(site, 'reset_username', ANN)
    site.mailer.clear()
    await site.call(CONFIRM, { json: { ...link, new_username: 'anna' } })
    expect((await site.mails()).map(({ to, subject }) => [to, subject])).toEqual([
      [ANN, 'Acme - Your username has been successfully changed!'],
    ])
  })
})
