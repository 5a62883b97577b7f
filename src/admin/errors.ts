import { html } from 'hono/html'
import { authenticate } from '../commands/authenticate.ts'
import { AuthError, type ErrorCode } from '../errors.ts'
import { DEFAULT_STATUS } from '../http/default-status.ts'
import type { Dialect } from '../http/dialect.ts'
import type { Exchange } from '../http/exchange.ts'
import { refusalHeaders } from '../http/refusal-headers.ts'
import { messagesFor } from '../messages/catalogues.ts'
import { loginAddress } from './entry/login-address.ts'
import type { AdminSetup } from './setup.ts'
import { writeAdminPage } from './shell/admin-page.ts'
import { type AdminVisit, callOf, visitOf } from './shell/admin-visit.ts'
import { findSession } from './shell/find-session.ts'
import { redirect } from './shell/redirect.ts'
import { safeNext } from './shell/safe-next.ts'

/** What has to be mended by logging in. */
const LEADS_TO_LOGIN: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['not_authenticated', 'token_invalid'])

/** How refusals look that no form takes back. */
export function errorWriters(setup: AdminSetup): Pick<Dialect, 'writeError' | 'writeFault'> {
  return {
    async writeError(error, exchange) {
      const visit = await knownVisit(exchange, setup)
      // Whoever is not logged in learns nothing of which forms there are.
      const isHidden = error.code === 'method_not_allowed' && visit.operator === null
      if (isHidden || LEADS_TO_LOGIN.has(error.code)) return redirect(visit, { to: loginAddress(exchange) })
      if (error.code === 'not_found') return writeMissing(visit)
      return writeRefusal(visit, error)
    },
    async writeFault(exchange) {
      const visit = visitOf(exchange, setup)
      const { title, sentence } = visit.words.fault
      const content = html`<p class="alert" role="alert">${sentence(exchange.info.id)}</p>`
      return writeAdminPage(visit, { title, content, status: 500, headers: { 'x-request-id': exchange.info.id } })
    },
  }
}

/**
 * Whoever is not logged in learns nothing of which pages there are: each leads to the log-in. A page that is written
 * without its slash is found with it.
 */
function writeMissing(visit: AdminVisit): Promise<Response> | Response {
  const { exchange, operator, words } = visit
  const hasSlash = exchange.path.endsWith('/')
  const isPage = exchange.method === 'GET' || exchange.method === 'HEAD'
  if (!hasSlash && isPage && (operator === null || exchange.path === exchange.mountPath)) {
    // With the admin at the root a path may begin with two slashes, which browsers take for another site.
    const to = safeNext(exchange, `${exchange.path}/${new URL(exchange.request.url).search}`)
    if (to !== null) return redirect(visit, { to, status: 301 })
  }
  if (operator === null) return redirect(visit, { to: loginAddress(exchange) })
  const content = html`<p>${words.missing.sentence}</p>\n<p><a href="${exchange.mountPath}/">${words.missing.back}</a></p>`
  return writeAdminPage(visit, { title: words.missing.title, content, status: 404 })
}

function writeRefusal(visit: AdminVisit, { code, details }: AuthError): Promise<Response> {
  const { exchange, words } = visit
  const sentence =
    code === 'cross_site_request' ? words.forged.sentence : messagesFor(words.language).errors[code](details)
  const title = code === 'cross_site_request' ? words.forged.title : words.refused.title
  const content = html`<p class="alert" role="alert">${sentence}</p>
<p><a href="${exchange.mountPath}/">${words.missing.back}</a></p>`
  const headers = refusalHeaders(details)
  return writeAdminPage(visit, { title, content, status: statusOf(code), headers })
}

/** RFC 9110 §15.5.2: a 401 has to name a scheme to authenticate by, and for a page there is none. */
const statusOf = (code: ErrorCode): number => (DEFAULT_STATUS[code] === 401 ? 403 : DEFAULT_STATUS[code])

/** With who is logged in, where that can be found out: a page that is not there has no guard that would have done so. */
async function knownVisit(exchange: Exchange, setup: AdminSetup): Promise<AdminVisit> {
  const visit = visitOf(exchange, setup)
  try {
    const credential = exchange.ctx.actor === null ? findSession(exchange) : null
    const found = credential === null ? exchange.ctx.actor : await authenticate(exchange.engine, credential.token)
    return await callOf({ ...exchange, ctx: { ...exchange.ctx, actor: found } }, setup)
  } catch (error) {
    if (error instanceof AuthError) return visit
    throw error
  }
}
