import type { Exchange } from '../../http/exchange.ts'
import type { CsrfWords } from '../../messages/drf/csrf-words.ts'
import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import { isSameSecret, readCsrfToken } from './csrf-token.ts'
import { DrfError, refuse } from './drf-error.ts'
import { isFormType, type RequestData } from './request-data.ts'
import type { DrfCookies } from './view.ts'

/** The header in which scripts send the token back, and the field in which forms do. */
const HEADER = 'x-csrftoken'
const HEADER_AS_SHOWN = 'X-Csrftoken'
export const CSRF_FIELD = 'csrfmiddlewaretoken'

interface CsrfCheck {
  readonly exchange: Exchange
  readonly cookies: DrfCookies
  readonly words: DrfMessages
  /** Asked only where the body is a form that was posted. */
  readonly readData: () => Promise<RequestData>
}

/**
 * Refuses an unsafe request that a session vouches for, unless it repeats the token of the CSRF cookie: a page of
 * another site cannot read that. Over HTTPS it must also say that it comes from here, because whoever sits on the line
 * can plant cookies by way of plain HTTP.
 *
 * An `Origin` has been judged before, for every caller.
 *
 * @throws {DrfError} 403
 */
export async function assertCsrfToken(check: CsrfCheck): Promise<void> {
  const { exchange, cookies, words } = check
  const problem = refererProblem(exchange, words.csrf) ?? (await tokenProblem(check, exchange.cookie(cookies.csrfName)))
  if (problem !== null) throw refuse(403, words.csrf.failed(problem))
}

function refererProblem({ engine, header }: Exchange, words: CsrfWords): string | null {
  const { isHttps, trustedOrigins } = engine.config.site
  if (!isHttps || header('origin') !== null) return null
  const referer = header('referer')
  if (referer === null) return words.refererMissing
  const address = URL.parse(referer)
  if (address === null || address.host === '') return words.refererMalformed
  if (address.protocol !== 'https:') return words.refererInsecure
  return trustedOrigins.has(address.origin) ? null : words.refererUntrusted(referer)
}

async function tokenProblem({ exchange, words: { csrf }, readData }: CsrfCheck, cookie: string | null) {
  if (cookie === null) return csrf.cookieNotSet
  const kept = readCsrfToken(cookie)
  if (kept.outcome !== 'token') return kept.outcome === 'length' ? csrf.cookieLength : csrf.cookieCharacters
  const field = await postedField(exchange, readData)
  const sent = field ?? exchange.header(HEADER)
  if (sent === null) return csrf.tokenMissing
  const sentIn = field === null ? HEADER_AS_SHOWN : null
  const given = readCsrfToken(sent)
  if (given.outcome !== 'token') {
    return given.outcome === 'length' ? csrf.tokenLength(sentIn) : csrf.tokenCharacters(sentIn)
  }
  return isSameSecret(given.secret, kept.secret) ? null : csrf.tokenIncorrect(sentIn)
}

/** The field wins over the header, and an empty one is none. Only forms that are posted have it. */
async function postedField({ method, header }: Exchange, readData: () => Promise<RequestData>): Promise<string | null> {
  if (method !== 'POST' || !isFormType(header('content-type'))) return null
  const token = await fieldOf(readData)
  return typeof token === 'string' && token !== '' ? token : null
}

async function fieldOf(readData: () => Promise<RequestData>): Promise<unknown> {
  try {
    const { value } = await readData()
    return Object(value)[CSRF_FIELD]
  } catch (error) {
    // A form that cannot be read has no token. What is wrong with it is told in its turn.
    if (error instanceof DrfError) return null
    throw error
  }
}
