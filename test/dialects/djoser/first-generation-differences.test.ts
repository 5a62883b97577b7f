import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { djoserSites } from './support/djoser-site.ts'
import { member, resetLink } from './support/first-generation.ts'
import { FORGED_TOKEN, linkIn, uidOf } from './support/mailed-link.ts'
import { OLD_DETAILS, OLD_WORDS } from './support/old-words.ts'

const newSite = djoserSites()

const ANN = 'ann@example.org'

const LOGIN = { username: 'ann', password: PASSWORD }

const REGISTER = { ...LOGIN, email: ANN }

const MAILED = { djoser: { sendActivationEmail: true } } as const

describe('the mails of the first generation', () => {
  const LINK = /^https:\/\/acme\.test\/#\/activate\/([\w-]+)\/([\w-]+)$/

  it('activation: reason, instruction, the link alone on its line, thanks, team', async () => {
    const site = newSite(MAILED)
    await site.call('POST register', { json: REGISTER })
    const [mail] = await site.mails()
    const lines = (mail?.text ?? '').split('\n').filter((line) => line !== '')
    expect(lines).toEqual([
      expect.stringContaining('Acme'),
      expect.any(String),
      expect.stringMatching(LINK),
      expect.any(String),
      'The Acme team',
    ])
    expect(linkIn(mail).uid).toBe(uidOf(1))
  })

  it('reset: the name after the link', async () => {
    const site = newSite()
    await site.addUser('ann')
    await resetLink(site, ANN)
    const lines = ((await site.mails())[0]?.text ?? '').split('\n').filter((line) => line !== '')
    const link = lines.findIndex((line) => line.startsWith('https://acme.test/#/password/reset/confirm/'))
    expect(link).toBe(2)
    expect(lines[link + 1]).toBe("Your username, in case you've forgotten: ann")
    expect(lines.at(-1)).toBe('The Acme team')
  })

  it('links come from the configuration, whatever Host a request names', async () => {
    const site = newSite({ djoser: { domain: 'front.acme.test', siteName: 'Front' } })
    await site.addUser('ann')
    await site.call('POST password/reset', { json: { email: ANN }, headers: { host: 'evil.example' } })
    const [mail] = await site.mails()
    expect(mail?.subject).toBe('Password reset on Front')
    expect(mail?.text).toContain('https://front.acme.test/#/password/reset/confirm/')
    expect(mail?.text).not.toContain('evil')
  })

  it('nothing is escaped in the text, and everything in the page beside it', async () => {
    const site = newSite({ djoser: { siteName: 'A & B' } })
    await site.addUser('ann')
    await site.call('POST password/reset', { json: { email: ANN } })
    const [mail] = await site.mails()
    expect(mail?.subject).toBe('Password reset on A & B')
    expect(mail?.text).toContain('The A & B team')
    expect(mail?.html).not.toMatch(/A & B/)
  })
})

describe('what the first generation says differently everywhere', () => {
  it.each([
    ['register', '[1]', 'Invalid data'],
    ['register', '"a"', 'Invalid data'],
    ['login', '[1]', 'Invalid data'],
    ['login', 'null', 'No input provided'],
    ['activate', 'null', 'No input provided'],
    ['password/reset', 'null', 'No input provided'],
    ['password/reset/confirm', 'null', 'No input provided'],
  ])('POST /%s with %s: 400 %s', async (path, body, words) => {
    const answer = await newSite().call(`POST ${path}`, { body, headers: { 'content-type': 'application/json' } })
    expect(told(answer)).toEqual([400, { non_field_errors: [words] }])
  })

  it.each(['username', 'password'])('POST /%s with null: 400 No input provided', async (path) => {
    const site = newSite()
    const answer = await site.call(`POST ${path}`, { token: await member(site), json: null })
    expect(told(answer)).toEqual([400, { non_field_errors: ['No input provided'] }])
  })

  it('POST /register with null is an empty object', async () => {
    const answer = await newSite().call('POST register', { json: null })
    expect(told(answer)).toEqual([400, { username: [OLD_WORDS.REQ], password: [OLD_WORDS.REQ] }])
  })

  it('PATCH /me with null is an empty object, and with a list it is none', async () => {
    const site = newSite()
    const token = await member(site)
    expect((await site.call('PATCH me', { token, json: null })).status).toBe(200)
    const answer = await site.call('PATCH me', { token, json: [] })
    expect(told(answer)).toEqual([400, { non_field_errors: ['Invalid data'] }])
  })

  it('415, 405, 406 and an unknown format have words of their own', async () => {
    const site = newSite()
    const type = await site.call('POST login', { body: 'x', headers: { 'content-type': 'text/plain' } })
    expect([type.status, type.text]).toEqual([415, `{"detail": "Unsupported media type 'text/plain' in request."}`])
    const method = await site.call('PUT login')
    expect([method.status, method.text]).toEqual([405, `{"detail": "Method 'PUT' not allowed."}`])
    const accept = await site.call('POST login', { headers: { accept: 'image/png' } })
    expect(told(accept)).toEqual([406, { detail: "Could not satisfy the request's Accept header" }])
    expect(told(await site.call('GET me?format=xml'))).toEqual([404, OLD_DETAILS.notFound])
  })

  it('a path with a final slash, and one that there is none of, is a page with 404', async () => {
    const { call } = newSite()
    for (const row of ['POST register/', 'POST login/', 'GET me/', 'POST password/reset/', 'GET nothing']) {
      const { status, headers } = await call(row)
      expect([row, status, headers.get('content-type')]).toEqual([row, 404, expect.stringContaining('text/html')])
    }
  })

  it('is left out where only the second generation is served, and stands alone where that is left out', async () => {
    const first = newSite({ djoser: { generations: ['first'] } })
    expect((await first.call('GET me')).status).toBe(401)
    expect((await first.call('GET users/me/')).status).toBe(404)
    const second = newSite({ djoser: { generations: ['second'] } })
    expect((await second.call('GET me')).status).toBe(404)
  })

  it('keeps to the permissions of the site, as the second generation does', async () => {
    const site = newSite({ djoser: { permissions: { userCreate: 'isAdminUser', user: 'isAdminUser' } } })
    const json = { username: 'ben', password: PASSWORD }
    expect(told(await site.call('POST register', { json }))).toEqual([401, OLD_DETAILS.anonymous])
    const token = await member(site)
    for (const row of ['POST register', 'GET me', 'PUT me', 'DELETE me']) {
      expect([row, (await site.call(row, { token, json: row === 'GET me' ? undefined : json })).status]).toEqual([
        row,
        403,
      ])
    }
  })

  it('is as closed where a permission would let in anybody, as there must be somebody to show', async () => {
    const site = newSite({
      djoser: { permissions: { user: 'allowAny', setPassword: 'allowAny', tokenDestroy: 'allowAny' } },
    })
    for (const row of ['GET me', 'POST password', 'POST logout']) expect((await site.call(row)).status).toBe(401)
  })

  it('replaces the sentences of CONSTANTS', async () => {
    const constants = { invalidCredentialsError: 'No way in.', invalidTokenError: 'No such link.' }
    const site = newSite({ djoser: { constants } })
    const login = await site.call('POST login', { json: LOGIN })
    expect(told(login)).toEqual([400, { non_field_errors: ['No way in.'] }])
    await site.addUser('ann')
    const link = await site.call('POST activate', { json: { uid: uidOf(1), token: FORGED_TOKEN } })
    expect(told(link)).toEqual([400, { non_field_errors: ['No such link.'] }])
  })

  it('TOKEN_MODEL null lets nobody in, for there is no token to give', async () => {
    const site = newSite({ djoser: { tokenModel: null } })
    await site.addUser('ann')
    expect(told(await site.call('POST login', { json: LOGIN }))).toEqual([400, { non_field_errors: [OLD_WORDS.CRED] }])
  })

  it('answers everybody in English', async () => {
    const { call } = newSite({ djoser: { languages: 'all' } })
    const answer = await call('POST login', { json: {}, headers: { 'accept-language': 'de' } })
    expect((answer.body as { readonly password: unknown }).password).toEqual([OLD_WORDS.REQ])
  })

  const HOSTILE: readonly unknown[] = [null, 7, true, [], ['a'], {}, { a: 1 }, '\0', '\ud800', 'x'.repeat(50_000)]

  it.each([
    ['register', ['username', 'email', 'password']],
    ['login', ['username', 'password']],
    ['activate', ['uid', 'token']],
    ['username', ['new_username', 'current_password']],
    ['password', ['new_password', 'current_password']],
    ['password/reset', ['email']],
    ['password/reset/confirm', ['uid', 'token', 'new_password']],
  ])('POST /%s answers no value with a fault', async (path, keys) => {
    const site = newSite({ lockout: { maxFailures: 1000, maxFailuresPerAddress: 1000 } })
    const token = await member(site)
    for (const key of keys) {
      for (const value of HOSTILE) {
        const json = { ...Object.fromEntries(keys.map((other) => [other, 'MQ'])), [key]: value }
        const { status } = await site.call(`POST ${path}`, { token, json })
        expect([path, key, status]).toEqual([path, key, expect.toSatisfy((code: number) => code < 500)])
      }
    }
  })
})
