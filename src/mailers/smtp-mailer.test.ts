import { describe, expect, it } from 'vitest'
import { mail, smtpPeers } from '../../test/support/smtp-peers.ts'
import { renderMail } from '../mails/render-mail.ts'
import { messagesFor } from '../messages/catalogues.ts'
import { mailerConformance } from '../testing/mailer-conformance.ts'

describe('smtpMailer', () => {
  const { arrived, newMailer, startServer } = smtpPeers()

  describe('over one connection', () => {
    // The recipients of parallel connections could not be told apart in the command log.
    mailerConformance({
      newMailer: async () => newMailer({ url: `smtp://${await startServer()}?maxConnections=1` }),
      received: () =>
        arrived.map(({ recipients, parsed }) => ({
          recipients,
          subject: parsed.subject ?? '',
          text: parsed.text ?? '',
          html: parsed.html ?? '',
          messageId: parsed.messageId ?? '',
        })),
    })
  })

  it('sends a rendered mail so that both parts can be read and the headers are one each', async () => {
    const mailer = newMailer({ url: `smtp://${await startServer()}` })
    const input = { siteName: 'Bücher & Söhne', language: 'de', userName: 'Jürgen', data: {} }
    const link = 'https://app.example/reset?code=abc_-123'
    const expiresAt = new Date('2026-11-21T23:33:00Z')
    const rendered = renderMail('reset-password', { ...input, link, expiresAt }, messagesFor('de'))
    await mailer.send({ ...mail, ...rendered, language: 'de' })

    const [{ raw, parsed } = missing()] = arrived
    expect(parsed).toMatchObject({ subject: 'Neues Passwort für Bücher & Söhne', messageId: mail.messageId })
    expect(parsed.text?.trimEnd()).toBe(rendered.text.trimEnd())
    expect(parsed.html?.trimEnd()).toBe(rendered.html.trimEnd())
    expect(parsed.from).toEqual({ name: 'Acme, Inc.', address: 'no-reply@acme.example' })
    expect(parsed.to).toEqual([{ name: '', address: 'ann@example.org' }])
    const [head = ''] = raw.split('\r\n\r\n', 1)
    const names = [...head.matchAll(/^([A-Za-z-]+):/gm)].map(([, name = '']) => name.toLowerCase())
    expect(new Set(names).size).toBe(names.length)
    expect(names).toEqual(expect.arrayContaining(['auto-submitted', 'content-language', 'date', 'message-id']))
    expect(names).not.toContain('bcc')
    expect(names).not.toContain('reply-to')
    expect(names).not.toContain('x-mailer')
    expect(raw).toContain('Content-Type: multipart/alternative')
  })

  it('says where answers go, where the mail says it', async () => {
    const mailer = newMailer({ url: `smtp://${await startServer()}` })
    await mailer.send({ ...mail, replyTo: '"Acme, Help" <help@acme.example>' })
    expect(arrived[0]?.parsed.replyTo).toEqual([{ name: 'Acme, Help', address: 'help@acme.example' }])
  })

  it('sends again after the server was gone for one mail', async () => {
    let connections = 0
    const host = await startServer({
      onConnect(_session, done) {
        connections += 1
        done(connections === 1 ? Object.assign(new Error('later'), { responseCode: 421 }) : null)
      },
    })
    const mailer = newMailer({ url: `smtp://${host}` })
    await expect(mailer.send(mail)).rejects.toThrow('SMTP 421')
    await mailer.send(mail)
    expect(arrived).toHaveLength(1)
  })

  it('keeps the connection between mails', async () => {
    let connections = 0
    const host = await startServer({
      onConnect(_session, done) {
        connections += 1
        done()
      },
    })
    const mailer = newMailer({ url: `smtp://${host}` })
    await mailer.send(mail)
    await mailer.send(mail)
    expect(connections).toBe(1)
  })

  it('finishes what is under way when it is closed, and takes nothing more', async () => {
    const host = await startServer()
    const mailer = newMailer({ url: `smtp://${host}` })
    const sending = mailer.send(mail)
    await mailer.close()
    await sending
    expect(arrived).toHaveLength(1)
    await expect(mailer.send(mail)).rejects.toThrow('closed')
  })
})

function missing(): never {
  throw new Error('No mail arrived')
}
