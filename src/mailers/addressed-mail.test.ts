import { describe, expect, it } from 'vitest'
import type { Mail } from '../model/mail.ts'
import { addressedMail } from './addressed-mail.ts'

describe('addressedMail', () => {
  it.each([
    ['no-reply@acme.example', { name: '', address: 'no-reply@acme.example' }],
    ['Acme <no-reply@acme.example>', { name: 'Acme', address: 'no-reply@acme.example' }],
    ['"Acme, Inc." <no-reply@acme.example>', { name: 'Acme, Inc.', address: 'no-reply@acme.example' }],
    ['"The \\"Acme\\" <Co>" <no-reply@127.0.0.1>', { name: 'The "Acme" <Co>', address: 'no-reply@127.0.0.1' }],
    ['Bücher & Söhne <no-reply@localhost>', { name: 'Bücher & Söhne', address: 'no-reply@localhost' }],
  ])('reads the sender %j', (from, expected) => {
    expect(addressedMail({ ...mail, from }).from).toEqual(expected)
  })

  it.each(['', 'Acme', 'Acme <>', 'a@b.example, c@d.example', '<a@b.example> Acme', 'Acme <a@b@c.example>'])(
    'refuses the sender %j',
    (from) => {
      expect(() => addressedMail({ ...mail, from })).toThrow(TypeError)
    },
  )

  it('reads where answers go as it reads the sender, and nowhere else unless that is said', () => {
    const { replyTo } = addressedMail({ ...mail, replyTo: 'Acme Help <help@acme.example>' })
    expect(replyTo).toEqual({ name: 'Acme Help', address: 'help@acme.example' })
    expect(addressedMail(mail).replyTo).toBeNull()
    for (const wrong of ['', 'Acme', 'a@b.example, c@d.example']) {
      expect(() => addressedMail({ ...mail, replyTo: wrong }), wrong).toThrow('replyTo')
    }
  })

  it('refuses a message id and a language that could say more than they should', () => {
    for (const messageId of ['', 'x', '<a@b> <c@d>', '<a b@c>']) {
      expect(() => addressedMail({ ...mail, messageId }), messageId).toThrow('messageId')
    }
    for (const language of ['', 'en, de', 'en;x']) {
      expect(() => addressedMail({ ...mail, language }), language).toThrow('language')
    }
  })

  it('never repeats what it refuses', () => {
    for (const field of ['from', 'to', 'replyTo', 'subject', 'messageId', 'language'] as const) {
      const hostile = { ...mail, [field]: 'sesam\r\nBcc: eve@evil.example' }
      expect(() => addressedMail(hostile)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('sesam') }),
      )
    }
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
