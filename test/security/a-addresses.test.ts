/** Section A of the attack table: one address, one mailbox. Each row comes with a control that must fail. */
import { createTransport } from 'nodemailer'
import PostalMime from 'postal-mime'
import { afterEach, describe, expect, it } from 'vitest'
import type { Hooks } from '../../src/contracts/hooks.ts'
import { smtpMailer } from '../../src/mailers/smtp-mailer.ts'
import { canonicalIdentifier } from '../../src/model/identifier.ts'
import type { Mail } from '../../src/model/mail.ts'
import { type Door, naiveAccounts } from './support/naive-accounts.ts'
import { closeSites, ORIGIN, openSite, PASSWORD, type Site } from './support/open-site.ts'
import { type Arrived, type SmtpSink, startSmtpSink } from './support/smtp-sink.ts'

const closers: (() => Promise<unknown>)[] = []

afterEach(async () => {
  await closeSites()
  for (const close of closers.splice(0).reverse()) await close()
})

const LISTS = [
  'a@evil.example,v@corp.example',
  'v@x.example;a@y.example',
  'V <v@x.example>',
  '<v@x.example>',
  'v@x.example, claim your prize',
  'v@x.example a@evil.example',
  'team:v@x.example,a@evil.example;',
]

const FULL_WIDTH = [
  'a＠evil.example@corp.example',
  'a＠corp.example',
  'a﹫corp.example',
  'a@corp．example',
  'a@corp。example',
  'a@corp｡example',
  'ａ@corp.example＠evil.example',
]

/** Forms that some mail program reads as another address than some validator does. */
const TWO_READINGS = [
  '"e@evil.example"@v.example',
  '"e@evil.example" @v.example',
  '"e\\@evil.example"@v.example',
  'u@v.example(x)evil.example',
  'u(x)@v.example',
  '(x)u@v.example',
  'u@(x)v.example',
  'u@v.example(',
  'u@v.example <e@evil.example>',
  'e@evil.example <u@v.example>',
  '<e@evil.example>u@v.example',
  'u@v.example>',
  '@evil.example:u@v.example',
  'e@evil.example:u@v.example',
  'u@[192.0.2.1]',
  'u@[IPv6:2001:db8::1]',
  'u@v.example\r\n e@evil.example',
  'u@v.example\n',
  'u\r\n @v.example',
  'u@v.example\te@evil.example',
  'u@v.example%0ae@evil.example',
  'u@@v.example',
  'u@v.example@evil.example',
  'u@v..example',
  'u@.v.example',
  'u@v.example.',
  '.u@v.example',
  'u.@v.example',
  'u..u@v.example',
  'u@-v.example',
  'u@v-.example',
  'u@v_.example',
  'u@v',
  '@v.example',
  'u@',
  'u@v.example,',
  ',u@v.example',
  "u@v.example'e@evil.example",
  'u@v.example/e@evil.example',
  'u@v.example?bcc=e@evil.example',
  'mailto:u@v.example',
  '=?utf-8?q?e@evil.example?=@v.example',
  'u\u0000@v.example',
  'u@v.exam\u00adple',
  'ü@v.example',
]

/**
 * Registers with each address and asks for mails to it. Nothing may be accepted or stored; the only mails are to the
 * stored address of somebody who is meant by one reading alone, such as with a line break at the end.
 */
async function faultsOfAddresses(site: Door, addresses: readonly unknown[]): Promise<readonly string[]> {
  const faults: string[] = []
  const [mailsBefore, before] = [(await site.mails()).length, site.inserted()]
  for (const [index, email] of addresses.entries()) {
    const body = { username: `person${index}`, email, password: PASSWORD }
    const { status } = await site.send('POST /register', { body })
    if (status < 400 || status > 499) faults.push(`${JSON.stringify(email)} is answered ${status}`)
    await site.send('POST /password/reset', { body: { email } })
    await site.send('POST /email/verify/resend', { body: { email } })
  }
  if (site.inserted() > before) faults.push(`${site.inserted() - before} rows were made`)
  const mails = (await site.mails()).slice(mailsBefore)
  const meant = new Set(addresses.map((address) => canonicalIdentifier(String(address))))
  for (const { to } of mails) if (!meant.has(to)) faults.push(`a mail went to ${to}`)
  return faults
}

/** Owners of the addresses that hide in the hostile forms, so that a mail to one of them would be seen. */
async function siteWithOwners(options: Parameters<typeof openSite>[0] = {}): Promise<Site> {
  const site = await openSite({ mail: { sendNoAccountNotice: true }, ...options })
  await site.addUser('corp', { email: 'v@corp.example' })
  await site.addUser('xuser', { email: 'v@x.example' })
  await site.addUser('uuser', { email: 'u@v.example' })
  await site.addUser('auser', { email: 'a@corp.example' })
  return site
}

describe('rows 3, 10 and 11: a text that is not exactly one address', () => {
  it.each([
    ['row 3: a full-width @ or dot', FULL_WIDTH],
    ['row 10: a list, a group or display text', LISTS],
    ['row 11: a form that mail programs read in two ways', TWO_READINGS],
  ])('%s is refused, makes no row and causes no mail to anybody else, not even a notice', async (_, addresses) => {
    expect(await faultsOfAddresses(await siteWithOwners(), addresses)).toEqual([])
  })

  it.each([
    ['row 3', FULL_WIDTH],
    ['row 10', LISTS],
    ['row 11', TWO_READINGS],
  ])('%s: control: a system that takes whatever has an @ is noticed', async (_, addresses) => {
    expect(await faultsOfAddresses(naiveAccounts(), addresses)).not.toEqual([])
  })

  it('row 10: cannot become the new address of an account either', async () => {
    const site = await siteWithOwners()
    const token = await site.tokenFor(await site.addUser('ann'))
    for (const newEmail of [...LISTS, ...FULL_WIDTH, ...TWO_READINGS]) {
      const body = { newEmail, currentPassword: PASSWORD }
      expect(await site.send('POST /email/change', { token, body }), newEmail).toMatchObject({ status: 400 })
    }
    expect(await site.mails()).toEqual([])
  })
})

describe('row 9: a list or an object where one address belongs', () => {
  const JSON_BODIES: readonly unknown[] = [
    { email: ['v@x.example', 'a@corp.example'] },
    { email: ['v@x.example'] },
    { email: { 0: 'v@x.example' } },
    { email: { email: 'v@x.example' } },
    { email: [['v@x.example']] },
    { 'email[]': 'v@x.example' },
    { email: null },
    { email: 1 },
    { email: true },
    {},
    ['v@x.example'],
  ]
  const FORMS = [
    'email[]=v%40x.example&email[]=a%40corp.example',
    'email=v%40x.example&email=a%40corp.example',
    'email[0]=v%40x.example',
    'email=v%40x.example&email%5B%5D=a%40corp.example',
  ]

  async function faultsOfLists(site: Door): Promise<readonly string[]> {
    const faults: string[] = []
    const judge = async (body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<void> => {
      const { status } = await site.send('POST /password/reset', { body, headers })
      if (status < 400 || status > 499) faults.push(`${JSON.stringify(body)} is answered ${status}`)
    }
    for (const body of JSON_BODIES) await judge(body)
    for (const body of FORMS) await judge(body, { 'content-type': 'application/x-www-form-urlencoded' })
    for (const { to } of await site.mails()) faults.push(`a mail went to ${to}`)
    return faults
  }

  it('row 9: is refused before anything is looked up, and the outbox stays empty', async () => {
    expect(await faultsOfLists(await siteWithOwners())).toEqual([])
  })

  it('row 9: control: mailing everybody on the list is noticed', async () => {
    const naive = naiveAccounts({ recipients: (email) => [email].flat().map(String) })
    await naive.send('POST /register', { body: { username: 'v', email: 'v@x.example' } })
    expect(await faultsOfLists(naive)).toContain('a mail went to v@x.example')
  })
})

describe('row 12: a rule about the domain of an address', () => {
  const TRICKS = [
    'a@evil@corp.example',
    'a@corp.example@evil.example',
    '"a@corp.example"@evil.example',
    'a@evilcorp.example',
    'a@corp.example.evil.example',
    'a@sub.corp.example',
    'a@corp.example ',
    'a@corp.example\u0000',
    'a@corp．example',
  ]

  const ruleOf = (allows: (email: string) => boolean): Hooks => ({
    beforeRegister: ({ email }) => (allows(email ?? '') ? undefined : { refuse: 'Only for people of Corp.' }),
  })

  it('row 12: sees the domain that is mailed to: what stands behind the only @', async () => {
    const site = await openSite({ hooks: ruleOf((email) => email.endsWith('@corp.example')) })
    expect(await faultsOfAddresses(site, TRICKS)).toEqual([])
    const body = { username: 'ann', email: 'ann@CORP.example', password: PASSWORD }
    expect(await site.send('POST /register', { body })).toMatchObject({ status: 201 })
  })

  it('row 12: control: a rule that looks for the domain anywhere is noticed', async () => {
    const site = await openSite({ hooks: ruleOf((email) => email.includes('corp.example')) })
    expect(await faultsOfAddresses(site, TRICKS)).not.toEqual([])
  })
})

async function startSmtp(): Promise<SmtpSink> {
  const sink = await startSmtpSink()
  closers.push(() => sink.close())
  return sink
}

function mailTo(to: string, changes: Partial<Mail> = {}): Mail {
  return {
    from: 'Acme <no-reply@accounts.example>',
    to,
    subject: 'Hello',
    text: 'Hello',
    html: '<p>Hello</p>',
    language: 'en',
    messageId: '<1@accounts.example>',
    ...changes,
  }
}

describe('row 11: the recipient of a mail on the wire', () => {
  it('row 11: is exactly the stored address, also for unusual ones', async () => {
    const { url, arrived } = await startSmtp()
    const site = await openSite({ mailer: smtpMailer(url) })
    const unusual = ['o’neil@x.example', "o'neil+tag@x.example", 'a.b=c@bücher.example', 'x!#$%&*/?^`{|}~@x.example']
    const stored: (string | null)[] = []
    for (const [index, email] of unusual.entries()) {
      const body = { username: `person${index}`, email, password: PASSWORD }
      const answer = await site.send('POST /register', { body })
      if (answer.status === 201) stored.push((await site.auth.findUser(`person${index}`))?.email ?? null)
    }
    await site.auth.flush()
    expect(stored).toHaveLength(3)
    // They leave together, in no order.
    const recipients = arrived.map((mail) => mail.recipients)
    expect(new Set(recipients.map(String))).toEqual(new Set(stored))
    expect(recipients).toHaveLength(3)
  })

  it('row 11: is never one of the forms that are read in two ways: the mailer refuses them by itself', async () => {
    const { url, arrived } = await startSmtp()
    const mailer = smtpMailer(url)
    closers.push(() => mailer.close())
    for (const to of [...TWO_READINGS, ...LISTS]) await expect(mailer.send(mailTo(to)), to).rejects.toThrow()
    expect(arrived).toEqual([])
  })

  it('row 11: control: a transport that is given texts mails somebody else', async () => {
    const { url, arrived } = await startSmtp()
    const transport = createTransport(url)
    closers.push(async () => transport.close())
    for (const to of LISTS) await transport.sendMail({ from: 'a@accounts.example', to, text: 'x' }).catch(() => null)
    expect(arrived.flatMap(({ recipients }) => recipients)).toContain('a@evil.example')
  })
})

describe('row 13: line breaks in what becomes part of a mail', () => {
  const BREAKS = [
    '\r\nBcc: e@evil.example',
    '\nBcc: e@evil.example',
    '\r Bcc: e@evil.example',
    '\u2028Bcc: e@evil.example',
  ]

  function faultsOfHeaders(mails: readonly Arrived[]): readonly string[] {
    return mails.flatMap(({ recipients, raw, parsed }) => {
      const subjects = parsed.headers.filter(({ key }) => key === 'subject').length
      const hasBcc = parsed.headers.some(({ key }) => key === 'bcc') || /^bcc:/im.test(raw)
      return subjects === 1 && !hasBcc && recipients.length === 1 ? [] : [raw.slice(0, 400)]
    })
  }

  it('row 13: are refused in addresses, names and the name of the site', async () => {
    const { url, arrived } = await startSmtp()
    const site = await openSite({ mailer: smtpMailer(url) })
    for (const [index, text] of BREAKS.entries()) {
      const body = { username: `person${index}`, email: `p${index}@x.example`, password: PASSWORD }
      for (const spoiled of [{ email: `p@x.example${text}` }, { username: `p${text}` }]) {
        expect(await site.send('POST /register', { body: { ...body, ...spoiled } })).toMatchObject({ status: 400 })
      }
      await site.send('POST /register', { body: { ...body, firstName: `A${text}` } })
    }
    for (const text of BREAKS.slice(0, 3)) {
      await expect(openSite({ site: { name: `Acme${text}`, origin: ORIGIN } })).rejects.toThrow('site.name')
    }
    await site.send('POST /register', { body: { username: 'ann', email: 'ann@x.example', password: PASSWORD } })
    await site.auth.flush()
    expect(arrived.length).toBeGreaterThan(0)
    expect(faultsOfHeaders(arrived)).toEqual([])
  })

  it('row 13: are refused by the mailer, whoever calls it', async () => {
    const { url, arrived } = await startSmtp()
    const mailer = smtpMailer(url)
    closers.push(() => mailer.close())
    for (const text of BREAKS) {
      for (const part of ['to', 'subject', 'from', 'messageId', 'language'] as const) {
        const mail = mailTo('ann@x.example')
        await expect(mailer.send({ ...mail, [part]: `${mail[part]}${text}` }), part).rejects.toThrow()
      }
    }
    expect(arrived).toEqual([])
  })

  it('row 13: control: a message put together from texts is noticed', async () => {
    const raw = `To: ann@x.example\r\nSubject: Hello Ann${BREAKS[0]}\r\nSubject: x\r\n\r\nHello`
    const parsed = await PostalMime.parse(raw)
    expect(faultsOfHeaders([{ recipients: ['ann@x.example'], raw, parsed }])).not.toEqual([])
  })
})

describe('row 14: markup and links in a profile', () => {
  const FIRST_NAME = '<a href=//evil.example>win</a> http://evil.example'
  const LAST_NAME = 'www.evil.example <img src=x onerror=alert(1)> evil.example/x'

  function faultsOfContent(mails: readonly Pick<Mail, 'text' | 'html' | 'subject'>[]): readonly string[] {
    return mails.flatMap(({ subject, text, html }) => {
      const faults: string[] = []
      if (/<(?:a|img)\b[^>]*(?:evil|onerror)/i.test(html)) faults.push(`the HTML part has markup of the user: ${html}`)
      if (/(?:https?:|www\.|\/\/)\S*evil|evil\.example/i.test(`${subject} ${text}`)) faults.push(`a link in ${text}`)
      return faults
    })
  }

  async function mailsAbout(options: Parameters<typeof openSite>[0] = {}): Promise<readonly Mail[]> {
    const site = await openSite(options)
    const body = { username: 'ann', email: 'ann@x.example', password: PASSWORD }
    await site.send('POST /register', { body: { ...body, firstName: FIRST_NAME, lastName: LAST_NAME } })
    await site.send('POST /email/verify', { body: { code: await site.codeFor('ann@x.example') } })
    await site.send('POST /register', { body: { ...body, username: 'other' } })
    await site.send('POST /password/reset', { body: { email: body.email } })
    return site.mails()
  }

  it('row 14: become neither markup nor a link in any mail', async () => {
    const mails = await mailsAbout()
    expect(mails).toHaveLength(3)
    expect(faultsOfContent(mails)).toEqual([])
  })

  it('row 14: control: a template that puts the name in as it is, is noticed', async () => {
    const greeting = `Hello ${FIRST_NAME}`
    const naive = () => ({ subject: 'Hello', text: greeting, html: `<p>${greeting}</p>` })
    const mails = await mailsAbout({ mail: { templates: { 'reset-password': naive } } })
    expect(faultsOfContent(mails)).not.toEqual([])
  })
})
