import type { MailTemplateInput, RenderedMail } from '../contracts/mail-template.ts'
import { formatMoment } from '../messages/format-moment.ts'
import type { Messages } from '../messages/messages.ts'
import type { MailKind, WordedMailKind } from '../model/mail.ts'
import { defuseText } from './defuse-text.ts'
import { MAX_NAME_LENGTH } from './display-name.ts'
import { htmlPart } from './html-part.ts'
import type { Letter } from './letter.ts'
import { mailFacts } from './mail-facts.ts'
import { textPart } from './text-part.ts'

/**
 * Writes a mail in the language of `messages`: one subject line without control characters, and both parts complete.
 *
 * Nothing that a stranger chose becomes markup, a link or a header, and a mail to an address that is not proven yet
 * greets nobody by name.
 *
 * @throws {TypeError} when a mail that needs a link has none, or one that is not an `http:` or `https:` address
 */
export function renderMail(kind: WordedMailKind, input: MailTemplateInput, messages: Messages): RenderedMail {
  const words = messages.mails[kind]
  const facts = mailFacts(input, messages)
  const letter: Letter = {
    language: messages.language,
    subject: words.subject(facts),
    before: [messages.mail.greeting(nameToGreet(kind, input)), ...words.before(facts)],
    link: words.button === null ? null : letterLink(words.button, input, messages),
    after: words.after(facts),
    footer: messages.mail.footer(facts.siteName),
  }
  return { subject: letter.subject, text: textPart(letter), html: htmlPart(letter) }
}

function nameToGreet(kind: WordedMailKind, { userName }: MailTemplateInput): string | null {
  if (userName === null || TO_UNPROVEN_ADDRESSES.has(kind)) return null
  return defuseText(userName, MAX_NAME_LENGTH) || null
}

const TO_UNPROVEN_ADDRESSES: ReadonlySet<MailKind> = new Set<MailKind>([
  'verify-email',
  'already-registered',
  'no-account',
  'confirm-email-change',
])

function letterLink(
  button: string,
  { link, expiresAt }: MailTemplateInput,
  { mail, language }: Messages,
): Letter['link'] {
  return {
    href: webAddress(link),
    button,
    introduction: mail.linkAsText,
    expiry: expiresAt === null ? null : mail.linkExpires(formatMoment(expiresAt, language)),
  }
}

function webAddress(link: string | null): string {
  const url = link === null ? null : URL.parse(link)
  if (url === null || !/^https?:$/.test(url.protocol)) throw new TypeError('This mail needs an http or https link')
  return url.href
}
