import { describe, expect, it } from 'vitest'
import type { Mail } from '../model/mail.ts'
import { mailerConformance } from './mailer-conformance.ts'
import { type MemoryMailer, memoryMailer } from './memory-mailer.ts'

describe('memoryMailer', () => {
  let mailer: MemoryMailer
  mailerConformance({
    newMailer: () => {
      mailer = memoryMailer()
      return mailer
    },
    received: () => mailer.sent.map((mail) => ({ ...mail, recipients: [mail.to] })),
  })

  it('fails as long as it is told to', async () => {
    const failing = memoryMailer()
    failing.failWith(new Error('no route'))
    await expect(failing.send(mail)).rejects.toThrow('no route')
    expect(failing.sent).toEqual([])
    failing.failWith(null)
    await failing.send(mail)
    expect(failing.sent).toEqual([mail])
  })

  it('hangs until it is released', async () => {
    const hanging = memoryMailer()
    const release = hanging.hang()
    const sending = hanging.send(mail)
    await Promise.resolve()
    expect(hanging.sent).toEqual([])
    release()
    await sending
    expect(hanging.sent).toEqual([mail])
    await hanging.send(mail)
    expect(hanging.sent).toHaveLength(2)
  })

  it('forgets what was sent when told to', async () => {
    const mails = memoryMailer()
    await mails.send(mail)
    mails.clear()
    expect(mails.sent).toEqual([])
  })

  it('lets what hangs go when it is closed, and takes nothing more', async () => {
    const closing = memoryMailer()
    closing.hang()
    const sending = closing.send(mail)
    await closing.close()
    await sending
    await expect(closing.send(mail)).rejects.toThrow('closed')
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
