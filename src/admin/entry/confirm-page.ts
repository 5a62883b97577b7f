import { html } from 'hono/html'
import { adminConfirmPassword } from '../../commands/admin-confirm-password.ts'
import { AuthError, type ErrorCode } from '../../errors.ts'
import { DEFAULT_STATUS } from '../../http/default-status.ts'
import type { Html } from '../../http/html-page.ts'
import { refusalHeaders } from '../../http/refusal-headers.ts'
import { messagesFor } from '../../messages/catalogues.ts'
import { formField } from '../parts/form-field.ts'
import { problemsBy } from '../parts/problems.ts'
import type { AdminForm } from '../shell/admin-form.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { CSRF_FIELD } from '../shell/csrf-value.ts'
import { hiddenCsrf } from '../shell/hidden-csrf.ts'

/** The field with the operator's own password; no other form has one of this name. */
const CONFIRM_FIELD = 'confirm_password'

/** What was typed into these is never written back: it has to be typed once more. */
const NEVER_WRITTEN_BACK: ReadonlySet<string> = new Set([CSRF_FIELD, CONFIRM_FIELD, 'password1', 'password2'])

/** What the confirmation may be refused with and asked for again. */
const CAN_TRY_AGAIN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'wrong_current_password',
  'validation_failed',
  'locked_out',
  'rate_limited',
  'overloaded',
])

/** Tells a refusal that the operator's password would lift. */
export function needsProof(error: unknown): error is AuthError {
  return error instanceof AuthError && error.code === 'forbidden' && error.details.reason === 'proof_too_old'
}

/** Asks for the operator's password, and keeps what was to be done. */
export function writeConfirm(call: AdminCall, form: AdminForm, refused?: AuthError): Promise<Response> {
  const { exchange, words } = call
  const { search } = new URL(exchange.request.url)
  const problems = refused === undefined ? [] : problemsOf(call, refused)
  const password = formField({
    kind: 'password',
    name: CONFIRM_FIELD,
    label: words.confirm.password,
    required: true,
    problems,
    autocomplete: 'current-password',
    isFirst: true,
  })
  const content = html`<p>${words.confirm.explanation}</p>
<form method="post" action="${exchange.path}${search}" class="narrow">
${hiddenCsrf(call)}
${keptFields(form)}
${password}
<div class="buttons"><button type="submit">${words.confirm.button}</button>
<a class="button plain" href="${exchange.mountPath}/">${words.frame.cancel}</a></div>
</form>`
  const status = refused === undefined ? 403 : DEFAULT_STATUS[refused.code]
  const headers = refused === undefined ? {} : refusalHeaders(refused.details)
  const hasErrors = problems.length > 0
  return writeAdminPage(call, { title: words.confirm.title, content, status, headers, hasErrors })
}

/** Takes the operator's password where the form has it, and gives the page to show instead of going on, or `null`. */
export async function confirmIfGiven(call: AdminCall, form: AdminForm): Promise<Response | null> {
  if (!form.has(CONFIRM_FIELD)) return null
  try {
    await adminConfirmPassword(call.ctx, { currentPassword: form.text(CONFIRM_FIELD) })
    return null
  } catch (error) {
    if (error instanceof AuthError && CAN_TRY_AGAIN.has(error.code)) return writeConfirm(call, form, error)
    throw error
  }
}

function problemsOf({ words }: AdminCall, error: AuthError): readonly string[] {
  const { code, details } = error
  if (code === 'wrong_current_password') return [words.confirm.wrong]
  if (code === 'validation_failed') return Object.values(problemsBy(error, words)).flat()
  return [messagesFor(words.language).errors[code](details)]
}

function keptFields(form: AdminForm): readonly Html[] {
  return form.names
    .filter((name) => !NEVER_WRITTEN_BACK.has(name))
    .flatMap((name) => form.all(name).map((value) => html`<input type="hidden" name="${name}" value="${value}">\n`))
}
