import { describe, expect, it } from 'vitest'
import type { Mailer } from '../contracts/mailer.ts'
import type { Mail } from '../model/mail.ts'

/** A mail as it arrived at the other end. */
export interface ReceivedMail {
  /** Of the envelope, not of the headers. */
  readonly recipients: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly messageId: string
}

export interface MailerConformanceOptions {
  /** Makes a fresh mailer for each test; the suite closes it. */
  readonly newMailer: () => Mailer | Promise<Mailer>
  /** Every mail that arrived since the mailer was made, oldest first. */
  readonly received: () => readonly ReceivedMail[] | Promise<readonly ReceivedMail[]>
  /** Tests that do not apply, each with the reason that the report shows. */
  readonly skip?: readonly { readonly test: MailerTest; readonly reason: string }[]
}

/** The names of the tests. */
export type MailerTest =
  | 'has handed a mail over once send has resolved'
  | 'delivers to the stored address and nobody else'
  | 'carries subject, both parts and message id as they are, in any script'
  | 'sends a repetition under the same message id'
  | 'delivers mails that are sent at the same time once each'
  | 'refuses control characters in whatever becomes a header'
  | 'refuses everything but one plain address'
  | 'describes itself in one line'
  | 'closes more than once'

/**
 * Checks that a mailer keeps the promises of `Mailer`. Call it inside a `describe` of Vitest.
 *
 * @example
 * describe('myMailer', () => mailerConformance({ newMailer: () => myMailer(server.url), received: () => server.mails }))
 */
export function mailerConformance({ newMailer, received, skip = [] }: MailerConformanceOptions): void {
  describe('keeps the contract of a mailer', () => {
    for (const [name, check] of Object.entries(TESTS)) {
      const skipped = skip.find(({ test }) => test === name)
      it(name, async (context) => {
        if (skipped) context.skip(skipped.reason)
        const mailer = await newMailer()
        try {
          await check(mailer, async () => received())
        } finally {
          await mailer.close()
        }
      })
    }
  })
}

type Check = (mailer: Mailer, received: () => Promise<readonly ReceivedMail[]>) => Promise<void>

const TESTS: Readonly<Record<MailerTest, Check>> = {
  'has handed a mail over once send has resolved': async (mailer, received) => {
    await mailer.send(mail())
    expect(await received()).toHaveLength(1)
  },
  'delivers to the stored address and nobody else': async (mailer, received) => {
    const addresses = ['ann@example.org', 'Ann.B+tag@example.org', "o'neill@xn--bcher-kva.example", '!#$%&*@a.example']
    for (const to of addresses) await mailer.send(mail({ to }))
    expect((await received()).map(({ recipients }) => recipients)).toEqual(addresses.map((to) => [to]))
  },
  'carries subject, both parts and message id as they are, in any script': async (mailer, received) => {
    const sent = mail({
      subject: 'Bestätigen Sie Ihre Adresse – 確認 ✓',
      text: 'Grüße aus 東京\n\n.\nhttps://app.example/verify?code=a=b&c=%20\n',
      html: '<p>Grüße aus 東京 &amp; <a href="https://app.example/verify?code=a=b&amp;c=%20">weiter</a></p>\n',
    })
    await mailer.send(sent)
    const [{ subject, text, html, messageId } = mail()] = await received()
    expect({ subject, messageId }).toEqual({ subject: sent.subject, messageId: sent.messageId })
    // A line break at the end of a part belongs to nobody.
    expect({ text: text.trimEnd(), html: html.trimEnd() }).toEqual({
      text: sent.text.trimEnd(),
      html: sent.html.trimEnd(),
    })
  },
  'sends a repetition under the same message id': async (mailer, received) => {
    await mailer.send(mail())
    await mailer.send(mail())
    expect((await received()).map(({ messageId }) => messageId)).toEqual([mail().messageId, mail().messageId])
  },
  'delivers mails that are sent at the same time once each': async (mailer, received) => {
    const addresses = Array.from({ length: 20 }, (_, index) => `user${index}@example.org`)
    await Promise.all(addresses.map((to) => mailer.send(mail({ to }))))
    const recipients = (await received()).flatMap((arrived) => arrived.recipients)
    expect(recipients).toHaveLength(addresses.length)
    expect(new Set(recipients)).toEqual(new Set(addresses))
  },
  'refuses control characters in whatever becomes a header': async (mailer, received) => {
    for (const field of ['from', 'to', 'replyTo', 'subject', 'messageId', 'language'] as const) {
      for (const control of ['\r\nBcc: eve@evil.example', '\nBcc: eve@evil.example', '\r', '\0', '\u2028', '\x7f']) {
        const hostile = mail({ [field]: (mail()[field] ?? 'help@acme.example') + control })
        await expect(mailer.send(hostile), `${field} with ${JSON.stringify(control)}`).rejects.toThrow()
      }
    }
    expect(await received()).toEqual([])
  },
  'refuses everything but one plain address': async (mailer, received) => {
    const hostile = [
      '',
      'ann',
      'a@evil.example,ann@example.org',
      'Ann <ann@example.org>',
      '"ann@evil.example"@example.org',
    ]
    for (const to of hostile) await expect(mailer.send(mail({ to })), to).rejects.toThrow()
    expect(await received()).toEqual([])
  },
  'describes itself in one line': async (mailer) => {
    expect(mailer.description).toMatch(/^[^\r\n]+$/)
  },
  'closes more than once': async (mailer) => {
    await mailer.close()
    await mailer.close()
  },
}

function mail(changes: Partial<Mail> = {}): Mail {
  return {
    from: '"Acme, Inc." <no-reply@acme.example>',
    to: 'ann@example.org',
    subject: 'Confirm your address',
    text: 'Hello\n',
    html: '<p>Hello</p>\n',
    language: 'en',
    messageId: '<conformance.1@acme.example>',
    ...changes,
  }
}
