import type { OutboxEntry } from '../../commands/list-outbox.ts'
import { AuthError } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import { type HtmlPage, writeHtmlPage } from '../../http/html-page.ts'
import { messagesFor } from '../../messages/catalogues.ts'
import { mailContent } from './mail-content.ts'
import { mailList } from './mail-list.ts'
import { splitAtLinks } from './split-at-links.ts'

/** Two segments, so that no id of a mail can be meant. */
export const STYLE_PATH = '/assets/portress.css'

/** How often the list looks for new mails. */
const REFRESH_SECONDS = 5

/**
 * A mail's HTML part may come from a template of the application, so it may do nothing: no script, no request, no
 * form, and an origin of its own. Mail programs know no style sheets, hence styles inline.
 */
const MAIL_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'none'; " +
  "base-uri 'none'"

/** Writes a page in the reader's language. */
export function writePage(
  exchange: Exchange,
  parts: Pick<HtmlPage, 'title' | 'content' | 'status' | 'headers' | 'refreshSeconds'>,
): Promise<Response> {
  const { language } = messagesFor(exchange.info.language)
  return writeHtmlPage(exchange, { ...parts, language, stylesheet: exchange.mountPath + STYLE_PATH })
}

export async function writeList(entries: readonly OutboxEntry[], exchange: Exchange): Promise<Response> {
  if (wantsJson(exchange)) return writeJson(exchange, entries.map(toWire))
  const messages = messagesFor(exchange.info.language)
  const isKept = exchange.engine.mailer.sentMails === 'keep'
  const content = mailList({ entries, messages, isKept, mountPath: exchange.mountPath })
  return writePage(exchange, { title: messages.pages.outbox.title, content, refreshSeconds: REFRESH_SECONDS })
}

export async function writeMail(entries: readonly OutboxEntry[], exchange: Exchange): Promise<Response> {
  const entry = requireEntry(entries, exchange)
  if (wantsJson(exchange)) return writeJson(exchange, toWire(entry))
  const messages = messagesFor(exchange.info.language)
  const content = mailContent({ entry, messages, mountPath: exchange.mountPath })
  return writePage(exchange, { title: entry.mail?.subject ?? messages.pages.outbox.title, content })
}

export async function writeHtmlPart(entries: readonly OutboxEntry[], exchange: Exchange): Promise<Response> {
  const { mail } = requireEntry(entries, exchange)
  if (mail === null) throw new AuthError('not_found')
  // HTML, "navigate": a sandboxed page with an opener policy is not shown at all.
  return new Response(mail.html, {
    headers: {
      ...exchange.baseHeaders,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': MAIL_POLICY,
    },
  })
}

function requireEntry(entries: readonly OutboxEntry[], { params }: Exchange): OutboxEntry {
  const entry = entries.find(({ id }) => String(id) === params['id'])
  if (entry === undefined) throw new AuthError('not_found')
  return entry
}

/** Browsers ask for HTML by name; tools that want JSON do not. */
export function wantsJson(exchange: Exchange): boolean {
  const accept = exchange.header('accept') ?? ''
  return /\bapplication\/json\b/i.test(accept) && !/\btext\/html\b/i.test(accept)
}

function writeJson({ baseHeaders }: Exchange, body: unknown): Response {
  return Response.json(body, { headers: { ...baseHeaders, vary: 'Accept' } })
}

/** What tools and tests get: `text` and `links` are `null` and empty where the mail was not written yet, or erased. */
function toWire({ id, createdAt, sentAt, state, lastError, kind, to, mail }: OutboxEntry): object {
  const text = mail?.text ?? null
  const links = splitAtLinks(text ?? '').flatMap(({ href }) => (href === null ? [] : [href]))
  return { id, kind, to, subject: mail?.subject ?? null, text, links, createdAt, sentAt, state, lastError }
}
