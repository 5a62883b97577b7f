import { createTransport } from 'nodemailer'
import { describe, expect, it } from 'vitest'
import { mail, smtpPeers } from '../../test/support/smtp-peers.ts'

describe('the addresses that smtpMailer writes to', () => {
  const { arrived, newMailer, startServer } = smtpPeers()

  it.each(HOSTILE_ADDRESSES)('refuses %j or delivers to exactly that (attacks 10 and 11)', async (to) => {
    const mailer = newMailer({ url: `smtp://${await startServer({ lenientAddressParsing: true })}` })
    const outcome = await mailer.send({ ...mail, to }).then(
      () => 'sent',
      () => 'refused',
    )
    expect(arrived.map(({ recipients }) => recipients)).toEqual(outcome === 'sent' ? [[to]] : [])
  })

  it('has to: the library alone delivers some of them to somebody else', async () => {
    const host = await startServer({ lenientAddressParsing: true })
    const transport = createTransport({ url: `smtp://${host}`, pool: true, maxConnections: 1 })
    const strays: string[] = []
    for (const to of HOSTILE_ADDRESSES) {
      arrived.length = 0
      await transport.sendMail({ ...mail, to }).catch(() => undefined)
      if (arrived.some(({ recipients }) => recipients.length !== 1 || recipients[0] !== to)) strays.push(to)
    }
    transport.close()
    expect(strays).toContain('a@evil.example,v@corp.example')
    expect(strays.length).toBeGreaterThan(10)
  })

  it.each(PLAIN_ADDRESSES)('delivers to %j as it is stored', async (to) => {
    const mailer = newMailer({ url: `smtp://${await startServer()}` })
    await mailer.send({ ...mail, to })
    expect(arrived.map(({ recipients }) => recipients)).toEqual([[to]])
  })

  it('writes the domain of an address in lower-case ASCII, and leaves the rest alone', async () => {
    const mailer = newMailer({ url: `smtp://${await startServer()}` })
    await mailer.send({ ...mail, to: 'Ann@BÜCHER.example' })
    expect(arrived.map(({ recipients }) => recipients)).toEqual([['Ann@xn--bcher-kva.example']])
  })
})

const HOSTILE_ADDRESSES = [
  'a@evil.example,v@corp.example',
  'v@x.example;a@y.example',
  'v@x.example a@y.example',
  'V <v@x.example>',
  '<v@x.example>',
  'v@x.example>',
  '<v@x.example',
  'v@x.example, claim your prize',
  'V <v@x.example>, a@evil.example',
  'group: v@x.example, a@evil.example;',
  'undisclosed-recipients:;',
  '"e@evil.example"@v.example',
  '"e@evil.example "@v.example',
  '"e\\"@evil.example"@v.example',
  '"quoted"@v.example',
  'xclow3n@gmail.example"@v.example',
  '"evil@attacker.example x"@internal.example',
  'u@v.example(x)evil.example',
  'u(comment)@v.example',
  '(comment)u@v.example',
  'u@(comment)v.example',
  'u@v.example (comment',
  'a@evil@corp.example',
  'a@corp.example@evil.example',
  '@relay.example:a@v.example',
  'a%evil.example@v.example',
  'evil.example!a@v.example',
  'a@[127.0.0.1]',
  'a@[x@evil.example]',
  'a@v.example\r\n b@evil.example',
  'a@v.example\r\nBcc: e@evil.example',
  'a@v.example\nRCPT TO:<e@evil.example>',
  'a@v.example> NOTIFY=NEVER',
  'a\0@v.example',
  'a@v\u3002example',
  'a@v\uff0eexample',
  'a\uff20evil.example@v.example',
  'a@v.example\u200b',
  'a@v.example\u2028',
  'a@\u202ev.example',
  ' a@v.example',
  'a@v.example ',
  'a @v.example',
  'a@ v.example',
  '.a@v.example',
  'a..b@v.example',
  'a.@v.example',
  'a@v..example',
  'a@-v.example',
  'a@v.example.',
  'a@',
  '@v.example',
  'a@xn--\u00fc.example',
  'a@xn--a.example',
  '=?utf-8?q?a=40evil.example?=@v.example',
  '=?utf-8?q?e=40evil.example=3e=00?=foo@v.example',
  `${'a'.repeat(300)}@v.example`,
  '\ud800@v.example',
]

const PLAIN_ADDRESSES = [
  'ann@example.org',
  'Ann.O-Neill+news@example.org',
  "!#$%&'*+/=?^_`{|}~-@example.org",
  'ann@xn--bcher-kva.example',
  'ann@a.b.c.d.example.org',
  'ann@localhost',
]
