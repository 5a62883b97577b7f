import { afterEach, describe, expect, it } from 'vitest'
import type { Auth } from '../../src/auth.ts'
import { smtpMailer } from '../../src/mailers/smtp-mailer.ts'
import type { FakeClock } from '../../src/testing/fake-clock.ts'
import { type ApiAnswer, type ApiClient, apiClient } from '../support/api-client.ts'
import { codeIn, OTHER_PASSWORD, PASSWORD } from '../support/api-world.ts'
import { httpServer } from '../support/http-server.ts'
import { type SmtpMailbox, smtpMailbox } from '../support/smtp-mailbox.ts'
import { testAuth } from '../support/test-auth.ts'

interface Site {
  readonly auth: Auth
  readonly call: ApiClient
  readonly clock: FakeClock
  readonly mailbox: SmtpMailbox
}

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Everything real but the time: HTTP through sockets, mail through SMTP. */
async function openSite(): Promise<Site> {
  const mailbox = await smtpMailbox()
  const server = await httpServer()
  const { auth, clock } = testAuth({
    site: { name: 'Acme', origin: server.origin },
    cookies: { dangerouslyAllowPlainHttp: true },
    mailer: smtpMailer(mailbox.url),
  })
  server.answerWith(auth.fetch)
  closing.push(mailbox.close, server.close, auth.close)
  const call = await apiClient({ config: auth.config, url: `${server.origin}/api`, fetch })
  return { auth, call, clock, mailbox }
}

/** The latest mail to an address with these words in its subject: its link leads to the site and carries a code. */
async function codeMailed({ auth, mailbox }: Site, to: string, subject: RegExp): Promise<string> {
  await auth.flush()
  const mail = mailbox.mails.findLast((one) => one.to?.[0]?.address === to && subject.test(one.subject ?? ''))
  if (mail === undefined) throw new Error(`no mail to ${to} with ${subject} in its subject`)
  const code = codeIn(mail.text ?? '')
  const [link = ''] = /http\S+code=\S+/.exec(mail.text ?? '') ?? []
  expect(link).toContain(`${auth.config.site.origin}/account/`)
  expect(mail.html).toContain(`href="${link}"`)
  return code
}

interface Person extends Site {
  logIn(identifier: string, password: string): Promise<ApiAnswer>
}

const statuses = (answers: readonly ApiAnswer[]): readonly number[] => answers.map(({ status }) => status)

/** Registers, gets in only after the mail was answered, and then by name and by address in whatever case. */
async function joins(person: Person): Promise<string> {
  const { call, logIn } = person
  const json = { username: 'Ann.Lee', email: 'Ann@Example.org', password: PASSWORD }
  const registered = await call('POST /register', { json })
  expect([registered.status, registered.body.status]).toEqual([201, 'verification_required'])
  expect((await logIn('Ann.Lee', PASSWORD)).status).toBe(401)
  const code = await codeMailed(person, 'Ann@example.org', /confirm/i)
  expect((await call('POST /email/verify', { json: { code } })).status).toBe(200)
  const logins: ApiAnswer[] = []
  for (const identifier of ['Ann.Lee', 'ann.lee', 'ANN.LEE', 'Ann@example.org', 'ann@EXAMPLE.org']) {
    logins.push(await logIn(identifier, PASSWORD))
  }
  expect(statuses(logins)).toEqual([200, 200, 200, 200, 200])
  return logins[0]?.body.token ?? ''
}

/** Somebody guesses: the right password is refused as well until the lock has run out, and the session lives on. */
async function isLockedOut(person: Person, token: string): Promise<void> {
  const { call, logIn, clock } = person
  for (const identifier of ['ann.lee', 'ann@example.org', 'ANN.LEE']) {
    expect((await logIn(identifier, OTHER_PASSWORD)).status).toBe(401)
  }
  expect(statuses([await logIn('Ann.Lee', PASSWORD), await logIn('ann@example.org', PASSWORD)])).toEqual([401, 401])
  expect((await call('GET /me', { token })).status).toBe(200)
  await codeMailed(person, 'Ann@example.org', /locked/)
  clock.advance({ seconds: 59 })
  expect((await logIn('Ann.Lee', PASSWORD)).status).toBe(401)
  clock.advance({ seconds: 1 })
  expect((await logIn('Ann.Lee', PASSWORD)).status).toBe(200)
}

/** Forgets the password: the link sets another one and ends every session. */
async function resetsThePassword(person: Person, token: string): Promise<string> {
  const { call, logIn } = person
  expect((await call('POST /password/reset', { json: { email: 'ann@example.org' } })).status).toBe(202)
  const code = await codeMailed(person, 'Ann@example.org', /new password/)
  const json = { code, newPassword: OTHER_PASSWORD }
  expect((await call('POST /password/reset/confirm', { json })).status).toBe(204)
  expect((await call('GET /me', { token })).status).toBe(401)
  expect((await logIn('Ann.Lee', PASSWORD)).status).toBe(401)
  return (await logIn('Ann.Lee', OTHER_PASSWORD)).body.token
}

/** Moves to another address and takes another name. */
async function changesAddressAndName(person: Person, token: string): Promise<void> {
  const { call, logIn } = person
  const newEmail = { newEmail: 'lee@example.net', currentPassword: OTHER_PASSWORD }
  expect((await call('POST /email/change', { token, json: newEmail })).status).toBe(202)
  const code = await codeMailed(person, 'lee@example.net', /confirm/i)
  await codeMailed(person, 'Ann@example.org', /about to change/)
  const confirmed = await call('POST /email/change/confirm', { json: { code } })
  expect(confirmed.body.user['email']).toBe('lee@example.net')
  const newName = { newUsername: 'annlee', currentPassword: OTHER_PASSWORD }
  expect((await call('POST /username/change', { token, json: newName })).body.user['username']).toBe('annlee')
  expect((await logIn('ann@example.org', OTHER_PASSWORD)).status).toBe(401)
  expect((await logIn('lee@example.net', OTHER_PASSWORD)).status).toBe(200)
}

/** Looks at the sessions and ends them: one, then all others. */
async function endsSessions({ call, logIn }: Person, token: string): Promise<void> {
  const { sessions } = (await call('GET /sessions', { token })).body
  expect(sessions).toHaveLength(2)
  const id = sessions.find(({ isCurrent }) => !isCurrent)?.id ?? ''
  expect((await call('DELETE /sessions/:id', { token, id })).status).toBe(204)
  await logIn('annlee', OTHER_PASSWORD)
  expect((await call('DELETE /sessions', { token })).status).toBe(204)
  const left = (await call('GET /sessions', { token })).body.sessions
  expect(left).toMatchObject([{ isCurrent: true, address: '127.0.0.1' }])
}

/** Takes the data along, and is gone. */
async function leaves({ auth, call, logIn, mailbox }: Person, token: string): Promise<void> {
  const { text, body } = await call('GET /me/export', { token })
  expect(body.user).toMatchObject({ username: 'annlee', email: 'lee@example.net', emailVerified: true })
  expect(body.attempts.map((attempt) => attempt['outcome'])).toContain('locked')
  expect(text).not.toContain('argon2')
  expect((await call('DELETE /me', { token, json: { currentPassword: OTHER_PASSWORD } })).status).toBe(204)
  expect((await call('GET /me', { token })).status).toBe(401)
  expect((await logIn('annlee', OTHER_PASSWORD)).status).toBe(401)
  await auth.flush()
  expect(mailbox.mails.every((mail) => !mail.text?.includes(PASSWORD))).toBe(true)
}

describe('the walk of a person, over HTTP and SMTP', () => {
  it('goes from registration to the deleted account', async () => {
    const site = await openSite()
    const person: Person = {
      ...site,
      logIn: (identifier, password) => site.call('POST /login', { json: { identifier, password } }),
    }
    const first = await joins(person)
    await isLockedOut(person, first)
    const token = await resetsThePassword(person, first)
    await changesAddressAndName(person, token)
    await endsSessions(person, token)
    await leaves(person, token)
  })

  it('writes to a German reader in German', async () => {
    const site = await openSite()
    const { auth, call, mailbox } = site
    const headers = { 'accept-language': 'de-AT, en;q=0.5' }
    const json = { username: 'jörg', email: 'joerg@example.org', password: PASSWORD }
    expect((await call('POST /register', { headers, json })).status).toBe(201)
    await auth.flush()
    expect(mailbox.mails[0]?.subject).toBe('Bestätigen Sie Ihre E-Mail-Adresse für Acme')
    const { body } = await call('POST /email/verify', { headers, json: { code: 'x' } })
    expect(body.detail).toMatch(/^Dieser Link/)
    const code = await codeMailed(site, 'joerg@example.org', /Bestätigen/)
    expect((await call('POST /email/verify', { headers, json: { code } })).body.user['username']).toBe('jörg')
  })
})
