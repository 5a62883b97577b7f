import { describe, expect, it } from 'vitest'
import type { Mail } from '../model/mail.ts'
import { outboxMailer } from './outbox-mailer.ts'

describe('outboxMailer', () => {
  it('says that sent mails are to be kept', () => {
    expect(outboxMailer()).toMatchObject({ sentMails: 'keep', description: expect.stringContaining('not sent') })
  })

  it('takes every mail that a real mailer would take, and refuses the others', async () => {
    const mailer = outboxMailer()
    await mailer.send(mail)
    await expect(mailer.send({ ...mail, subject: 'Hello\r\nBcc: eve@evil.example' })).rejects.toThrow(TypeError)
    await expect(mailer.send({ ...mail, to: 'ann@example.org, eve@evil.example' })).rejects.toThrow(TypeError)
    await mailer.close()
  })
})

const mail: Mail = {
  from: 'no-reply@acme.example',
  to: 'ann@example.org',
  subject: 'Hello',
  text: 'Hello\n',
  html: '<p>Hello</p>\n',
  language: 'en',
  messageId: '<1@acme.example>',
}
