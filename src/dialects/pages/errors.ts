import type { AuthError, ErrorCode } from '../../errors.ts'
import { DEFAULT_STATUS } from '../../http/default-status.ts'
import type { Exchange } from '../../http/exchange.ts'
import { refusalHeaders } from '../../http/refusal-headers.ts'
import { messagesFor } from '../../messages/catalogues.ts'
import { findLinkPage, type LinkPage } from './link-page.ts'
import { readFormCode } from './read.ts'
import { socialSentence, socialTitle } from './social-words.ts'
import { writeForm, writeNotice } from './write.ts'

/** What the reader can mend, or wait for: the form comes back with its code. Commands alone throw these. */
const CAN_TRY_AGAIN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'validation_failed',
  'rate_limited',
  'overloaded',
  'unavailable',
  'refused_by_hook',
])

export async function writeError(error: AuthError, exchange: Exchange): Promise<Response> {
  const { code: reason, details } = error
  const messages = messagesFor(exchange.info.language)
  const answer = { status: statusOf(reason), headers: refusalHeaders(details) }
  const sentence = socialSentence(error, exchange) ?? messages.errors[reason](details)
  const page = pageOf(exchange)
  const code = page !== null && CAN_TRY_AGAIN.has(reason) ? await readFormCode(exchange) : null
  if (page !== null && code !== null) {
    return writeForm(exchange, { ...answer, page, code, problem: { sentence, fields: details.fields ?? {} } })
  }
  return writeNotice(exchange, { ...answer, title: titleOf(exchange, page), sentence })
}

/** The request's id is in the log beside what happened; a reader can hand it to an operator. */
export function writeFault(exchange: Exchange): Promise<Response> {
  const { errors } = messagesFor(exchange.info.language)
  const sentence = `${errors.unavailable({})} (${exchange.info.id})`
  const headers = { 'x-request-id': exchange.info.id }
  return writeNotice(exchange, { title: titleOf(exchange, pageOf(exchange)), sentence, status: 500, headers })
}

/** RFC 9110 §15.5.2: a 401 has to name a scheme to authenticate by, and for a page there is none. */
function statusOf(reason: ErrorCode): number {
  return DEFAULT_STATUS[reason] === 401 ? 403 : DEFAULT_STATUS[reason]
}

function pageOf({ path, mountPath }: Exchange): LinkPage | null {
  return findLinkPage(path.slice(mountPath.length))
}

function titleOf(exchange: Exchange, page: LinkPage | null): string {
  const { engine, info } = exchange
  if (page !== null) return page.words(messagesFor(info.language).pages).title
  return socialTitle(exchange) ?? engine.config.site.name
}
