import { describe, expect, it } from 'vitest'
import type { RestRegistrationOptions } from '../../../src/dialects/rest-registration/options.ts'
import type { Mail } from '../../../src/model/mail.ts'
import { askedForEmail, askedForReset, linkOf, newcomer, valuesOf } from './support/links.ts'
import { restRegistrationWorlds } from './support/world.ts'

const newWorld = restRegistrationWorlds()

type World = ReturnType<typeof newWorld>

const SENDER = { mail: { from: 'Acme <no-reply@acme.test>' } } as const

async function registerMail(world: World, headers: Readonly<Record<string, string>> = {}): Promise<Mail | undefined> {
  await world.call('POST register/', { json: newcomer('ann'), headers })
  return (await world.mails()).at(-1)
}

const linesOf = (mail: Mail | undefined): readonly string[] => (mail?.text ?? '').split('\n')

describe('§8 mails', () => {
  it('row register: to the stored address, with its subject, and the link alone on a line', async () => {
    const mail = await registerMail(newWorld())
    expect([mail?.to, mail?.subject]).toEqual(['ann@example.org', 'Please verify your account'])
    expect(linesOf(mail)).toContain(linkOf(mail))
  })

  it('row reset password', async () => {
    const world = newWorld()
    await world.addUser('ann')
    const { signature } = await askedForReset(world)
    const mail = (await world.mails()).at(-1)
    expect([mail?.to, mail?.subject]).toEqual(['ann@example.org', 'Reset password link was sent'])
    expect([linesOf(mail).includes(linkOf(mail)), valuesOf(linkOf(mail)).signature]).toEqual([true, signature])
  })

  it('row register e-mail: to the new address, which it names', async () => {
    const world = newWorld()
    const { token } = await world.member('ann')
    await askedForEmail(world, { token, email: 'ann@example.net' })
    const mail = (await world.mails()).find(({ to }) => to === 'ann@example.net')
    expect(mail?.subject).toBe('Please verify new e-mail')
    expect(linesOf(mail).some((line) => line.includes('ann@example.net') && !line.startsWith('https:'))).toBe(true)
    expect(linesOf(mail)).toContain(linkOf(mail))
  })

  it('row register e-mail, taken: to that address, and no link', async () => {
    const world = newWorld()
    await world.addUser('ben')
    const { token } = await world.member('ann')
    await world.call('POST register-email/', { token, json: { email: 'ben@example.org' } })
    const mail = (await world.mails()).find(({ to }) => to === 'ben@example.org')
    expect(mail?.subject).toBe('Your e-mail is already in use')
    expect(`${mail?.text}${mail?.html}`).not.toMatch(/https?:|ann/)
  })

  it('M1: from the site’s sender, who gets the answers, too', async () => {
    const mail = await registerMail(newWorld({}, SENDER))
    expect([mail?.from, mail?.replyTo]).toEqual(['Acme <no-reply@acme.test>', 'Acme <no-reply@acme.test>'])
  })

  it('M1, VERIFICATION_REPLY_TO_EMAIL: or somebody else gets them', async () => {
    const mail = await registerMail(newWorld({ verificationReplyToEmail: 'help@acme.test' }, SENDER))
    expect([mail?.from, mail?.replyTo]).toEqual(['Acme <no-reply@acme.test>', 'help@acme.test'])
  })

  it('M1: the built-in words are text; the HTML part is the same, escaped', async () => {
    const site = { name: 'A & <b>B</b>', origin: 'https://acme.test' }
    const mail = await registerMail(newWorld({}, { site }))
    expect(mail?.text).toContain('A & <b>B</b>')
    expect(mail?.html).toContain('A &amp; &lt;b&gt;B&lt;/b&gt;')
    expect(mail?.html).not.toContain('<b>')
  })

  it('T17: in the language that was asked for, where the site speaks it', async () => {
    const mail = await registerMail(newWorld({ languages: 'all' }), { 'accept-language': 'de' })
    expect([mail?.subject, mail?.language]).toEqual(['Bitte bestätigen Sie Ihr Benutzerkonto', 'de'])
  })

  it('W17, row mail failure: mail that cannot be sent waits, and goes out later', async () => {
    const world = newWorld()
    world.mailer.failWith(new Error('the mail server is away'))
    expect(await registerMail(world)).toBeUndefined()
    world.mailer.failWith(null)
    world.clock.advance({ hours: 1 })
    expect((await world.mails()).map(({ to }) => to)).toEqual(['ann@example.org'])
  })
})

describe('§8 templates', () => {
  const templates = (register: RestRegistrationOptions['registerVerificationEmailTemplates']) =>
    newWorld(register === undefined ? {} : { registerVerificationEmailTemplates: register })

  it('M2, REGISTER_VERIFICATION_EMAIL_TEMPLATES: a subject and a body, which is text', async () => {
    const mail = await registerMail(
      templates({ subject: () => '  Welcome  ', body: ({ verificationUrl }) => `Hello <you>\n\n${verificationUrl}\n` }),
    )
    expect([mail?.subject, mail?.text]).toEqual(['Welcome', `Hello <you>\n\n${linkOf(mail)}\n`])
    expect(mail?.html).toContain('<p>Hello &lt;you&gt;</p>')
  })

  it('M2, M3, R12: a body that is HTML; the text is made of it, with the link in brackets', async () => {
    const body = ({ verificationUrl }: { verificationUrl: string | null }) =>
      `<html><head><title>No</title></head><body><p>Hello  &amp;\nwelcome.</p><p><a href="${verificationUrl?.replaceAll('&', '&amp;')}">Verify</a></p></body></html>`
    const mail = await registerMail(templates({ subject: () => 'Hi', body, isHtml: true }))
    const [, link = ''] = /href="([^"]+)"/.exec(mail?.html ?? '') ?? []
    expect(mail?.text).toBe(`Hello & welcome.\nVerify (${link.replaceAll('&amp;', '&')})`)
  })

  it('M2: both bodies, which win over the plain one', async () => {
    const mail = await registerMail(
      templates({ subject: () => 'Hi', body: () => 'neither', textBody: () => 'text', htmlBody: () => '<p>html</p>' }),
    )
    expect([mail?.text, mail?.html]).toEqual(['text', '<p>html</p>'])
  })

  it('VERIFICATION_EMAIL_HTML_TO_TEXT_CONVERTER: the site makes the text', async () => {
    const world = newWorld({
      registerVerificationEmailTemplates: { subject: () => 'Hi', htmlBody: () => '<p>html</p>' },
      verificationEmailHtmlToTextConverter: (html) => html.toUpperCase(),
    })
    expect((await registerMail(world))?.text).toBe('<P>HTML</P>')
  })

  it('VERIFICATION_TEMPLATE_CONTEXT_BUILDER: adds to the context, and replaces nothing in it', async () => {
    const world = newWorld({
      verificationTemplateContextBuilder: ({ mail, email }) => ({
        greeting: `${mail} ${email}`,
        email: 'eve@evil.example',
      }),
      registerVerificationEmailTemplates: {
        subject: () => 'Hi',
        body: ({ greeting, email, user }) => `${greeting}, ${email}, ${user?.username}`,
      },
    })
    expect((await registerMail(world))?.text).toBe('register ann@example.org, ann@example.org, ann')
  })

  it('RESET_PASSWORD_VERIFICATION_EMAIL_TEMPLATES and REGISTER_EMAIL_VERIFICATION_EMAIL_TEMPLATES', async () => {
    const world = newWorld({
      resetPasswordVerificationEmailTemplates: { subject: () => 'reset', body: ({ verificationUrl: url }) => `${url}` },
      registerEmailVerificationEmailTemplates: { subject: () => 'email', body: ({ verificationUrl: url }) => `${url}` },
    })
    const { token } = await world.member('ann')
    await askedForReset(world)
    await askedForEmail(world, { token, email: 'ann@example.net' })
    const subjects = (await world.mails()).map(({ subject }) => subject)
    expect([subjects.includes('reset'), subjects.includes('email')]).toEqual([true, true])
  })

  it('R18, VERIFICATION_TEMPLATES_SELECTOR: chooses by the kind of mail; where it has none there are the others', async () => {
    const world = newWorld({
      verificationTemplatesSelector: (mail) =>
        mail === 'registerEmailTaken' ? { subject: () => 'Taken', body: () => 'Somebody has it.' } : null,
      registerVerificationEmailTemplates: { subject: () => 'Mine', body: () => 'mine' },
    })
    expect((await registerMail(world))?.subject).toBe('Mine')
    await world.addUser('ben')
    await world.call('POST register/', { json: newcomer('eve', { email: 'ben@example.org' }) })
    expect((await world.mails()).at(-1)?.subject).toBe('Taken')
    expect((await registerMail(newWorld({ verificationTemplatesSelector: () => null })))?.subject).toBe(
      'Please verify your account',
    )
  })

  it('a subject is one line, whatever stands in it', async () => {
    const mail = await registerMail(templates({ subject: () => 'Hi\r\nBcc: eve@evil.example', body: () => 'x' }))
    expect(mail?.subject).toBe('Hi Bcc: eve@evil.example')
  })
})
