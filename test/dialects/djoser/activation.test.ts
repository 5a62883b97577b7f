import { describe, expect, it } from 'vitest'
import { empty, told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { djoserSites } from './support/djoser-site.ts'
import { FORGED_TOKEN, registerPending, requestLink, uidOf } from './support/mailed-link.ts'
import { DETAILS, WORDS } from './support/words.ts'

const newSite = djoserSites()

const ACTIVATED = { djoser: { sendActivationEmail: true } } as const

const ANN = 'ann@example.org'

describe('POST users/activation/', () => {
  it('POST users/activation/: 204 without a body, and the account is active', async () => {
    const site = newSite(ACTIVATED)
    const link = await registerPending(site, 'ann', PASSWORD)
    expect(empty(await site.call('POST users/activation/', { json: link }))).toBe(204)
    expect((await site.stored('ann')).status).toBe('active')
  })

  it('POST users/activation/: 400 for what is missing', async () => {
    const answer = await newSite(ACTIVATED).call('POST users/activation/', { json: {} })
    expect(told(answer)).toEqual([400, { uid: [WORDS.REQ], token: [WORDS.REQ] }])
  })

  it('POST users/activation/: 400 judges the uid before the token', async () => {
    const site = newSite(ACTIVATED)
    const answer = await site.call('POST users/activation/', { json: { uid: 'x', token: FORGED_TOKEN } })
    expect(told(answer)).toEqual([400, { uid: [WORDS.UID] }])
  })

  it('POST users/activation/: 403 for a good token of an active account', async () => {
    const site = newSite(ACTIVATED)
    const link = await registerPending(site, 'ann', PASSWORD)
    await site.call('POST users/activation/', { json: link })
    const again = await site.call('POST users/activation/', { json: link })
    expect(told(again)).toEqual([403, { detail: WORDS.STALE }])
  })

  // The original answers a number in either place with a 500.
  it('POST users/activation/: 400 for numbers, unlike the original', async () => {
    const site = newSite(ACTIVATED)
    const { uid, token } = await registerPending(site, 'ann', PASSWORD)
    for (const json of [
      { uid: 1, token },
      { uid, token: 1 },
    ]) {
      expect((await site.call('POST users/activation/', { json })).status).toBe(400)
    }
    expect((await site.stored('ann')).status).toBe('pending')
  })
})

describe('POST users/resend_activation/', () => {
  it('POST users/resend_activation/: 204 without a body', async () => {
    const site = newSite(ACTIVATED)
    await registerPending(site, 'ann', PASSWORD)
    expect(empty(await site.call('POST users/resend_activation/', { json: { email: ANN } }))).toBe(204)
  })

  it('POST users/resend_activation/: 400 for a bad address, MAIL, and a missing one, REQ', async () => {
    const { call } = newSite(ACTIVATED)
    const bad = await call('POST users/resend_activation/', { json: { email: 'nonsense' } })
    expect(told(bad)).toEqual([400, { email: [WORDS.MAIL] }])
    expect(told(await call('POST users/resend_activation/', { json: {} }))).toEqual([400, { email: [WORDS.REQ] }])
  })

  it('POST users/resend_activation/: 400 without a body where nothing is mailed', async () => {
    const answer = await newSite().call('POST users/resend_activation/', { json: { email: ANN } })
    expect(empty(answer)).toBe(400)
  })
})

describe('activating', () => {
  it('rule 23: logs nobody in', async () => {
    const site = newSite(ACTIVATED)
    const link = await registerPending(site, 'ann', PASSWORD)
    const answer = await site.call('POST users/activation/', { json: link })
    expect([answer.text, answer.cookies]).toEqual(['', []])
    const { id } = await site.stored('ann')
    expect(await site.store.sessions.listForUser(id, site.clock.now())).toEqual([])
  })

  it('rule 23: a user who was not activated cannot log in, and can afterwards', async () => {
    const site = newSite(ACTIVATED)
    const link = await registerPending(site, 'ann', PASSWORD)
    const login = { json: { username: 'ann', password: PASSWORD } }
    expect(told(await site.call('POST token/login/', login))).toEqual([400, { non_field_errors: [WORDS.CRED] }])
    await site.call('POST users/activation/', { json: link })
    expect((await site.call('POST token/login/', login)).status).toBe(200)
  })

  it.each([
    ['x', 'is no base64'],
    ['gICAgA', 'stands for bytes that are no text'],
    [uidOf(999), 'nobody has'],
    ['', 'is blank'],
  ])('rule 24: a uid %j, which %s, is told under the key uid alone', async (uid) => {
    const site = newSite(ACTIVATED)
    const { token } = await registerPending(site, 'ann', PASSWORD)
    const { status, body } = await site.call('POST users/activation/', { json: { uid, token } })
    expect([status, body]).toEqual([400, { uid: [uid === '' ? WORDS.BLANK : WORDS.UID] }])
  })

  it('rule 24: a bad token is told under the key token alone', async () => {
    const site = newSite(ACTIVATED)
    const { uid, token } = await registerPending(site, 'ann', PASSWORD)
    for (const bad of [FORGED_TOKEN, 'x', token.toLowerCase(), `${token} `, token.slice(1)]) {
      const answer = await site.call('POST users/activation/', { json: { uid, token: bad } })
      expect([bad, ...told(answer)]).toEqual([bad, 400, { token: [WORDS.TOK] }])
    }
    expect((await site.stored('ann')).status).toBe('pending')
  })

  it('rule 24: somebody else’s token is a bad one', async () => {
    const site = newSite(ACTIVATED)
    const { uid } = await registerPending(site, 'ann', PASSWORD)
    const { token } = await registerPending(site, 'ben', PASSWORD)
    expect(told(await site.call('POST users/activation/', { json: { uid, token } }))).toEqual([
      400,
      { token: [WORDS.TOK] },
    ])
    expect((await site.stored('ben')).status).toBe('pending')
  })

  it('rule 25: with confirmation mails sends the user one', async () => {
    const site = newSite({ djoser: { sendActivationEmail: true, sendConfirmationEmail: true } })
    const link = await registerPending(site, 'ann', PASSWORD)
    site.mailer.clear()
    await site.call('POST users/activation/', { json: link })
    expect((await site.mails()).map(({ to, subject }) => [to, subject])).toEqual([
      [ANN, 'Acme - Your account has been successfully created and activated!'],
    ])
  })

  it('rule 25: without them sends none', async () => {
    const site = newSite(ACTIVATED)
    const link = await registerPending(site, 'ann', PASSWORD)
    site.mailer.clear()
    await site.call('POST users/activation/', { json: link })
    expect(await site.mails()).toEqual([])
  })

  it('rule 25: a bad token of an active account is a bad token, and not stale', async () => {
    const site = newSite(ACTIVATED)
    const { id } = await site.addUser('ann')
    const answer = await site.call('POST users/activation/', { json: { uid: uidOf(id), token: FORGED_TOKEN } })
    expect(told(answer)).toEqual([400, { token: [WORDS.TOK] }])
  })

  it('rule 26: an inactive user is mailed again, and both links live', async () => {
    const site = newSite(ACTIVATED)
    const first = await registerPending(site, 'ann', PASSWORD)
    site.mailer.clear()
    const second = await requestLink(site, 'resend_activation', ANN)
    expect((await site.mails()).map(({ to, subject }) => [to, subject])).toEqual([[ANN, 'Account activation on Acme']])
    expect(second.uid).toBe(first.uid)
    expect(empty(await site.call('POST users/activation/', { json: first }))).toBe(204)
  })

  it.each([
    ['active', 'active@example.org'],
    ['unknown', 'nobody@example.org'],
    ['without a password', 'social@example.org'],
    ['disabled', 'barred@example.org'],
  ])('rule 26: an address that is %s is answered alike and gets no mail', async (_, email) => {
    const site = newSite(ACTIVATED)
    await site.addUser('active')
    await site.addUser('social', { password: null })
    const { id } = await site.addUser('barred')
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    expect(empty(await site.call('POST users/resend_activation/', { json: { email } }))).toBe(204)
    expect(await site.mails()).toEqual([])
  })

  it('rule 26: nothing is mailed where the feature is off, whatever the address', async () => {
    const site = newSite({ djoser: { passwordResetShowEmailNotFound: true } })
    await site.addUser('ann')
    for (const email of [ANN, 'nobody@example.org']) {
      expect(empty(await site.call('POST users/resend_activation/', { json: { email } }))).toBe(400)
    }
    expect(await site.mails()).toEqual([])
  })

  it('rule 27: resending and both resets read the address under the name that the model has for it', async () => {
    const site = newSite(ACTIVATED)
    for (const path of ['resend_activation', 'reset_password', 'reset_username']) {
      const answer = await site.call(`POST users/${path}/`, { json: { custom_email: ANN } })
      expect([path, ...told(answer)]).toEqual([path, 400, { email: [WORDS.REQ] }])
    }
  })

  // The original compares addresses to the letter, so that `Ann@…` is told of no mail. They are looked up in their
  // canonical form here, and the mail goes to the stored spelling and never to the typed one (CVE-2019-19844).
  it('rule 28: unlike the original finds an address in any case, mails the stored one, and trims spaces', async () => {
    const site = newSite(ACTIVATED)
    await registerPending(site, 'ann', PASSWORD)
    site.mailer.clear()
    await site.call('POST users/resend_activation/', { json: { email: ' ANN@Example.ORG ' } })
    expect((await site.mails()).map(({ to }) => to)).toEqual([ANN])
    site.mailer.clear()
    await site.call('POST users/resend_activation/', { json: { email: 'ann@exampIe.org' } })
    expect(await site.mails()).toEqual([])
  })

  it('rule 41: a user whom an operator disabled is not revived by a link', async () => {
    const site = newSite(ACTIVATED)
    const link = await registerPending(site, 'ann', OTHER_PASSWORD)
    const { id } = await site.stored('ann')
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    expect(told(await site.call('POST users/activation/', { json: link }))).toEqual([400, { token: [WORDS.TOK] }])
    expect((await site.stored('ann')).status).toBe('disabled')
  })

  it('rule 11: confirming the new address lets the user in again', async () => {
    const site = newSite(ACTIVATED)
    const { token } = await site.member('ann')
    await site.call('PATCH users/me/', { token, json: { email: 'new@example.org' } })
    expect(told(await site.call('GET users/me/', { token }))).toEqual([401, DETAILS.inactive])
    const link = await requestLink(site, 'resend_activation', 'new@example.org')
    expect(empty(await site.call('POST users/activation/', { json: link }))).toBe(204)
    expect((await site.call('GET users/me/', { token })).status).toBe(200)
  })
})
