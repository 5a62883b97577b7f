import { html } from 'hono/html'
import { authenticate } from '../../commands/authenticate.ts'
import { login } from '../../commands/login.ts'
import { AuthError, type ErrorCode } from '../../errors.ts'
import { DEFAULT_STATUS } from '../../http/default-status.ts'
import type { Exchange } from '../../http/exchange.ts'
import { loginCookies } from '../../http/login-cookies.ts'
import { refusalHeaders } from '../../http/refusal-headers.ts'
import type { Route } from '../../http/route.ts'
import { messagesFor } from '../../messages/catalogues.ts'
import type { ActiveSession } from '../../model/session.ts'
import { trimWhiteSpace } from '../../util/text.ts'
import { formField } from '../parts/form-field.ts'
import { problemsBy } from '../parts/problems.ts'
import type { AdminSetup } from '../setup.ts'
import { type AdminForm, formOf, readAdminForm } from '../shell/admin-form.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import { type AdminVisit, visitOf } from '../shell/admin-visit.ts'
import { assertCsrfValue, csrfCookie, newCsrfValue } from '../shell/csrf-value.ts'
import { findSession } from '../shell/find-session.ts'
import { hiddenCsrf } from '../shell/hidden-csrf.ts'
import { redirect, redirectWithin } from '../shell/redirect.ts'
import { safeNext } from '../shell/safe-next.ts'

const PATH = '/login/'

/** What sounds the same whatever was wrong: nobody learns here who there is, or who is staff. */
const GENERIC: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid_credentials',
  'user_not_active',
  'email_not_verified',
  'token_invalid',
])

export function loginRows(setup: AdminSetup): readonly Route[] {
  return [
    { method: 'GET', path: PATH, guard: 'public', run: (exchange) => showLogin(exchange, setup) },
    { method: 'POST', path: PATH, guard: 'public', run: (exchange) => submitLogin(exchange, setup) },
  ]
}

async function showLogin(exchange: Exchange, setup: AdminSetup): Promise<Response> {
  const visit = visitOf(exchange, setup)
  const session = await presentSession(exchange)
  if (session?.user.isStaff) return redirectWithin(visit, { to: '/' })
  const form = formOf(exchange.query())
  const sentence = session === null ? null : visit.words.login.notStaff
  return writeLogin(visit, { form, sentence, fields: {} })
}

async function submitLogin(exchange: Exchange, setup: AdminSetup): Promise<Response> {
  const visit = visitOf(exchange, setup)
  const form = await readAdminForm(exchange)
  assertCsrfValue(exchange, form)
  try {
    const result = await login(exchange.ctx, {
      identifier: trimWhiteSpace(form.text('username')),
      password: form.text('password'),
      carrier: 'cookie',
      onlyStaff: true,
    })
    // A new value with the new session: whoever planted the old one knows nothing of the log-in's forms.
    const csrf = newCsrfValue(exchange)
    const cookies = [...loginCookies(exchange, result), csrfCookie(exchange, csrf)]
    const to = nextOf(exchange, form) ?? `${exchange.mountPath}/`
    return redirect({ ...visit, csrf: { ...csrf, isNew: false } }, { to, cookies })
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    return writeRefused(visit, form, error)
  }
}

/** The form goes before the query, as in Django. */
function nextOf(exchange: Exchange, form: AdminForm): string | null {
  const given = form.has('next') ? form.text('next') : (exchange.query().get('next') ?? '')
  return safeNext(exchange, given)
}

function writeRefused(visit: AdminVisit, form: AdminForm, error: AuthError): Promise<Response> {
  const { words, exchange } = visit
  const { code, details } = error
  const status = DEFAULT_STATUS[code] === 401 ? 403 : DEFAULT_STATUS[code]
  const rest = { status, headers: refusalHeaders(details) }
  if (code === 'validation_failed') {
    const { identifier = [], password = [] } = problemsBy(error, words)
    return writeLogin(visit, { form, sentence: null, fields: { username: identifier, password }, ...rest })
  }
  const sentence = GENERIC.has(code)
    ? words.login.refused(identifierLabel(exchange, visit).toLocaleLowerCase(words.language))
    : messagesFor(words.language).errors[code](details)
  return writeLogin(visit, { form, sentence, fields: {}, ...rest })
}

interface LoginToWrite {
  readonly form: AdminForm
  readonly sentence: string | null
  readonly fields: Readonly<Record<string, readonly string[]>>
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

function writeLogin(visit: AdminVisit, { form, sentence, fields, ...answer }: LoginToWrite): Promise<Response> {
  const { exchange, words } = visit
  const next = nextOf(exchange, form) ?? `${exchange.mountPath}/`
  const hasErrors = sentence !== null || Object.keys(fields).length > 0
  const shared = { kind: 'text', required: true } as const
  const username = formField({
    ...shared,
    name: 'username',
    label: identifierLabel(exchange, visit),
    value: form.text('username').slice(0, 254),
    problems: fields['username'] ?? [],
    autocomplete: 'username',
    isFirst: true,
  })
  const password = formField({
    ...shared,
    kind: 'password',
    name: 'password',
    label: words.login.password,
    problems: fields['password'] ?? [],
    autocomplete: 'current-password',
  })
  const content = html`${sentence === null ? '' : html`<p class="alert" role="alert">${sentence}</p>`}
<form method="post" action="${exchange.path}" class="narrow">
${hiddenCsrf(visit)}
<input type="hidden" name="next" value="${next}">
${username}
${password}
<div class="buttons"><button type="submit">${words.login.button}</button></div>
</form>`
  return writeAdminPage(visit, { title: words.login.title, content, hasErrors, ...answer })
}

/** The label of whatever logs in on this site. */
function identifierLabel({ engine }: Exchange, { words }: Pick<AdminVisit, 'words'>): string {
  const { identifiers } = engine.config.login
  const [only, ...others] = identifiers
  if (others.length > 0) return words.login.usernameOrEmail
  return only === 'email' ? words.fields.email : words.fields.username
}

/** Who is logged in already, if anybody: a session that has ended is none. */
async function presentSession(exchange: Exchange): Promise<ActiveSession | null> {
  const credential = findSession(exchange)
  if (credential === null) return null
  try {
    return await authenticate(exchange.engine, credential.token)
  } catch (error) {
    if (error instanceof AuthError && error.code === 'token_invalid') return null
    throw error
  }
}
