import type { MailStyle, StyledMailInput } from '../contracts/mail-style.ts'
import type { MailTemplateInput, MailTemplates, RenderedMail } from '../contracts/mail-template.ts'
import { messagesFor } from '../messages/catalogues.ts'
import type { MailKind } from '../model/mail.ts'
import type { User } from '../model/user.ts'
import { oneLine } from './defuse-text.ts'
import { displayName, type NameUser } from './display-name.ts'
import { renderMail } from './render-mail.ts'

/** What there is to write a mail from. */
interface MailToWrite extends Pick<MailTemplateInput, 'siteName' | 'language' | 'link' | 'expiresAt' | 'data'> {
  readonly to: string
  readonly user: User | null
  readonly code: string | null
  /** The door's own words; what it lacks is written as if there were none. */
  readonly style: MailStyle | null
  /** The application's way to name people. @default none */
  readonly nameUser?: NameUser | null
}

/**
 * Writes a mail in the words of the door's style, else of the site's template, else in the product's own.
 *
 * Whoever wrote it, its subject leaves as one line: styles and templates put texts of strangers into it, too.
 *
 * @throws {TypeError} for a mail that there are no words for, and for a link that is no web address
 */
export function writeMail(kind: MailKind, mail: MailToWrite, templates: MailTemplates): RenderedMail {
  const rendered = inWords(kind, mail, templates)
  return { ...rendered, subject: oneLine(rendered.subject) }
}

function inWords(kind: MailKind, mail: MailToWrite, templates: MailTemplates): RenderedMail {
  const { user, siteName, language, link, expiresAt, data, style, nameUser = null } = mail
  const userName = user === null ? null : displayName(user, nameUser)
  const input: MailTemplateInput = { siteName, language, userName, link, expiresAt, data }
  const styled = style?.mails[kind]
  if (typeof styled === 'function') return styled({ ...input, ...whoAndWhat(mail) })
  if (kind === 'account-activated') throw new TypeError(`Portress has no words for the mail ${kind}`)
  return templates[kind]?.(input) ?? renderMail(kind, input, messagesFor(language))
}

/** What only styles are given: their vocabulary names the user, and makes links of its own. */
function whoAndWhat({ to, user, code, link }: MailToWrite): Pick<StyledMailInput, 'to' | 'recipient' | 'code'> {
  if (link !== null && !/^https?:/.test(URL.parse(link)?.protocol ?? '')) {
    throw new TypeError('The link of a mail must be an http or https address')
  }
  const recipient = user === null ? null : { id: user.id, username: user.username, email: user.email }
  return { to, recipient, code }
}
