import { html } from 'hono/html'
import { type Html, writeHtmlPage } from '../../http/html-page.ts'
import { csrfCookie } from './cookies.ts'
import { CSRF_FIELD } from './csrf.ts'
import { maskCsrfSecret, newCsrfSecret, readCsrfToken } from './csrf-token.ts'
import type { FieldDescription } from './field-set.ts'
import { allowedMethods } from './metadata.ts'
import { callerOf } from './permissions.ts'
import { toJson } from './to-json.ts'
import type { DrfAnswer, DrfCall } from './view.ts'

/** Where the style sheet of these pages lies below their mount. */
export const STYLE_PATH = '/portress.css'

/** The answer on a page for people, with a form for what may be posted here. */
export async function browsablePage(call: DrfCall, answer: DrfAnswer): Promise<Response> {
  const { exchange, view, words } = call
  const csrf = csrfFor(call)
  const page = await writeHtmlPage(exchange, {
    language: words.language,
    title: view.name,
    // A page cannot be shown without a body.
    status: answer.status === 204 ? 200 : answer.status,
    stylesheet: exchange.mountPath + STYLE_PATH,
    content: html`<h1>${view.name}</h1>
${answer.status === 200 && view.page ? view.page(call) : answerAndForm(call, answer, csrf)}`,
  })
  if (csrf?.cookie) page.headers.append('set-cookie', csrf.cookie)
  return page
}

const answerAndForm = (call: DrfCall, { status, body }: DrfAnswer, csrf: CsrfPair | null): Html =>
  html`<p><code>${call.exchange.method} ${call.exchange.path}</code></p>
<p>HTTP ${status}<br>Allow: ${allowedMethods(call.view).join(', ')}</p>
<pre>${body === undefined ? '' : toJson(body, { json: 'compact', indent: 4 })}</pre>
${postForm(call, csrf?.token ?? null)}`

interface CsrfPair {
  /** For the page's form. */
  readonly token: string
  /** `null` where the browser has one already. */
  readonly cookie: string | null
}

function csrfFor({ exchange, settings }: DrfCall): CsrfPair | null {
  if (!asksForToken(settings)) return null
  const { cookies } = settings
  const present = readCsrfToken(exchange.cookie(cookies.csrfName) ?? '')
  const isPresent = present.outcome === 'token'
  const secret = isPresent ? present.secret : newCsrfSecret(exchange.engine)
  const cookie = isPresent ? null : csrfCookie(exchange, cookies, secret)
  return { token: maskCsrfSecret(exchange.engine, secret), cookie }
}

/** Nobody else can get a page's cookie before there is a session to set it. */
const asksForToken = ({ schemes, jwtCookies }: DrfCall['settings']): boolean =>
  schemes.includes('session') || jwtCookies?.usesCsrf === true || jwtCookies?.enforcesCsrfOnUnauthenticated === true

/** It has no address of its own, so it goes to where the page came from and nowhere else. */
function postForm({ view, actor }: DrfCall, token: string | null): Html | string {
  const action = view.actions.POST
  const isOpen = action?.permission({ caller: callerOf(actor), method: 'POST', target: null }) === true
  if (!isOpen) return ''
  const csrfInput = token === null ? '' : html`<input type="hidden" name="${CSRF_FIELD}" value="${token}">`
  const inputs = Object.entries(action.fields?.fields ?? {}).filter(([, { isReadOnly }]) => !isReadOnly)
  return html`<form method="post">
${csrfInput}
${inputs.map(([name, field]) => fieldInput(name, field))}
<p><button>POST</button></p>
</form>`
}

function fieldInput(name: string, { label, isSecret, type, required }: FieldDescription): Html {
  const inputType = isSecret ? 'password' : type === 'email' ? 'email' : 'text'
  return html`<p><label for="field-${name}">${label}</label>
<input id="field-${name}" name="${name}" type="${inputType}" autocomplete="off" ${required ? 'required' : ''}></p>`
}
