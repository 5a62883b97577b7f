import { describe, expect, it } from 'vitest'
import type { Mail } from '../../../src/model/mail.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { type DjoserSite, djoserSites } from './support/djoser-site.ts'
import { linkIn, mailedLink, registerPending, requestLink } from './support/mailed-link.ts'

const newSite = djoserSites()

const ANN = 'ann@example.org'

const ALL_MAILS = {
  sendActivationEmail: true,
  sendConfirmationEmail: true,
  passwordChangedEmailConfirmation: true,
  usernameChangedEmailConfirmation: true,
} as const

type MailName = 'activation' | 'confirmation' | 'reset' | 'passwordChanged' | 'usernameReset' | 'usernameChanged'

/** Every mail once, on the way of one user through the door. */
async function everyMail(site: DjoserSite): Promise<Readonly<Record<MailName, Mail | undefined>>> {
  const newest = async (): Promise<Mail | undefined> => (await site.mails()).at(-1)
  const link = await registerPending(site, 'ann', PASSWORD)
  const activation = await newest()
  await site.call('POST users/activation/', { json: link })
  const confirmation = await newest()
  const password = await requestLink(site, 'reset_password', ANN)
  const reset = await newest()
  await site.call('POST users/reset_password_confirm/', { json: { ...password, new_password: OTHER_PASSWORD } })
  const passwordChanged = await newest()
  const name = await requestLink(site, 'reset_username', ANN)
  const usernameReset = await newest()
  await site.call('POST users/reset_username_confirm/', { json: { ...name, new_username: 'anna' } })
  return { activation, confirmation, reset, passwordChanged, usernameReset, usernameChanged: await newest() }
}

const linesOf = (mail: Mail | undefined): readonly string[] =>
  (mail?.text ?? '').split('\n').filter((line) => line !== '')

describe('§5 mails', () => {
  it.each([
    ['activation', 'Account activation on Acme', '#/activate/'],
    ['reset', 'Password reset on Acme', '#/password/reset/confirm/'],
    ['usernameReset', 'Username reset on Acme', '#/username/reset/confirm/'],
  ] as const)('mail %s: its subject, and its link alone on a line', async (name, subject, url) => {
    const mail = (await everyMail(newSite({ djoser: ALL_MAILS })))[name]
    expect([mail?.subject, mail?.to]).toEqual([subject, ANN])
    const links = linesOf(mail).filter((line) => line.includes('://'))
    const { uid, token } = linkIn(mail)
    expect(links).toEqual([`https://acme.test/${url}${uid}/${token}`])
  })

  it.each([
    ['confirmation', 'Acme - Your account has been successfully created and activated!'],
    ['passwordChanged', 'Acme - Your password has been successfully changed!'],
    ['usernameChanged', 'Acme - Your username has been successfully changed!'],
  ] as const)('mail %s: its subject, and no link', async (name, subject) => {
    const mail = (await everyMail(newSite({ djoser: ALL_MAILS })))[name]
    expect([mail?.subject, mail?.to]).toEqual([subject, ANN])
    expect(mail?.text).not.toContain('://')
  })

  it('rule 56: every text begins with the reason, which names the site, and ends with thanks and the team', async () => {
    for (const mail of Object.values(await everyMail(newSite({ djoser: ALL_MAILS })))) {
      const lines = linesOf(mail)
      expect(lines[0]).toContain('Acme')
      expect(lines.at(-1)).toBe('The Acme team')
      expect(lines.at(-2)).toMatch(/^Thank/)
    }
  })

  it('rule 56: the two resets name the user after the link, and the others do not', async () => {
    const mails = await everyMail(newSite({ djoser: ALL_MAILS }))
    for (const [name, mail] of Object.entries(mails)) {
      const lines = linesOf(mail)
      const at = lines.indexOf("Your username, in case you've forgotten: ann")
      const isReset = name === 'reset' || name === 'usernameReset'
      expect([name, at > 0]).toEqual([name, isReset])
      if (isReset) expect(at).toBeGreaterThan(lines.findIndex((line) => line.includes('://')))
    }
  })

  it('§5 mails: text and HTML say the same, and the link is an anchor whose text is its address', async () => {
    const mails = await everyMail(newSite({ djoser: ALL_MAILS }))
    for (const mail of Object.values(mails)) {
      for (const line of linesOf(mail).filter((one) => !one.includes('://'))) {
        expect(mail?.html.replaceAll('&#39;', "'").replaceAll('&#x27;', "'")).toContain(line)
      }
    }
    const [, href, text] = /<a[^>]* href="([^"]+)"[^>]*>([^<]+)<\/a>/.exec(mails.activation?.html ?? '') ?? []
    const { uid, token } = linkIn(mails.activation)
    expect([href, text?.trim()]).toEqual(Array(2).fill(`https://acme.test/#/activate/${uid}/${token}`))
  })

  it('rule 55: a forged Host is nowhere in a mail, unlike in the original, which builds links from it', async () => {
    const site = newSite()
    await site.addUser('ann')
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }
    for (const path of ['reset_password', 'reset_username']) {
      await site.call(`POST users/${path}/`, { json: { email: ANN }, headers })
    }
    const mails = await site.mails()
    expect(mails).toHaveLength(2)
    for (const mail of mails) expect(JSON.stringify(mail)).not.toContain('evil')
  })

  it('rule 55: the link’s protocol is the site’s, whatever the request came over', async () => {
    const site = newSite()
    await site.addUser('ann')
    const headers = { 'x-forwarded-proto': 'http' }
    await site.call('POST users/reset_password/', { json: { email: ANN }, headers })
    expect((await site.mails())[0]?.text).toContain('https://acme.test/')
  })

  it('§5 mails: values are escaped in HTML, so that a name cannot bring markup along', async () => {
    const site = newSite({ site: { name: 'A & <b>B</b>', origin: 'https://acme.test' } })
    await site.addUser('ann')
    await site.call('POST users/reset_password/', { json: { email: ANN } })
    const [mail] = await site.mails()
    expect(mail?.html).toContain('A &amp; &lt;b&gt;B&lt;/b&gt;')
    expect(mail?.html).not.toContain('<b>B</b>')
  })

  it('§5 mails: an account without an address gets none, and that is no error', async () => {
    const site = newSite({ djoser: ALL_MAILS })
    const { token } = await site.member('ann', { email: null })
    const json = { current_password: PASSWORD, new_password: OTHER_PASSWORD }
    expect((await site.call('POST users/set_password/', { token, json })).status).toBe(204)
    expect(await site.mails()).toEqual([])
  })

  it('rule 57: a mail can be replaced, and the others stay', async () => {
    const passwordReset = ({ url }: { readonly url: string | null }) => ({
      subject: 'Something of our own',
      text: `Go to ${url}`,
      html: `<p>Go to ${url}</p>`,
    })
    const site = newSite({ djoser: { mails: { passwordReset } } })
    await site.addUser('ann')
    await site.call('POST users/reset_password/', { json: { email: ANN } })
    await site.call('POST users/reset_username/', { json: { email: ANN } })
    const mails = await site.mails()
    expect(mails.map(({ subject }) => subject).toSorted()).toEqual(['Something of our own', 'Username reset on Acme'])
    expect(mails.find(({ subject }) => subject.startsWith('Some'))?.text).toMatch(
      /^Go to https:\/\/acme\.test\/#\/password\/reset\/confirm\/MQ\/[\w-]{43}$/,
    )
  })

  it('§5 mail activation: resending and an update while inactive send it as well', async () => {
    const site = newSite({ djoser: ALL_MAILS })
    await registerPending(site, 'ann', PASSWORD)
    const { token: staff } = await site.member('boss', { isStaff: true })
    site.mailer.clear()
    await site.call('POST users/resend_activation/', { json: { email: ANN } })
    await site.mails()
    const { id } = await site.stored('ann')
    await site.call(`PATCH users/${id}/`, { token: staff, json: {} })
    expect((await site.mails()).map(({ to, subject }) => [to, subject])).toEqual(
      Array(2).fill([ANN, 'Account activation on Acme']),
    )
    expect((await mailedLink(site, ANN)).uid).toBe(Buffer.from(String(id)).toString('base64url'))
  })
})
