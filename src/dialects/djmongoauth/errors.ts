import type { AuthError, ErrorCode, ErrorDetails } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import { refusalHeaders } from '../../http/refusal-headers.ts'
import { messagesFor } from '../../messages/catalogues.ts'
import { en } from '../../messages/djmongoauth/en.ts'
import type { DjmongoauthOptions } from './options.ts'
import { writeJson } from './write.ts'

/**
 * The status of every refusal. Its clients know 400 for whatever a handler says no to; what is none of a handler's doing,
 * or says when to come back, has a status of its own.
 */
const STATUS: Readonly<Record<Exclude<ErrorCode, 'locked_out'>, number>> = {
  invalid_credentials: 400,
  wrong_current_password: 400,
  not_authenticated: 400,
  token_invalid: 400,
  code_invalid: 400,
  email_not_verified: 400,
  user_not_active: 400,
  rate_limited: 429,
  overloaded: 503,
  unavailable: 503,
  validation_failed: 400,
  malformed_request: 400,
  unsupported_media_type: 400,
  payload_too_large: 413,
  registration_closed: 400,
  forbidden: 403,
  cross_site_request: 403,
  not_found: 404,
  method_not_allowed: 405,
  refused_by_hook: 400,
  provider_refused: 400,
  provider_unavailable: 502,
  social_state_invalid: 400,
  email_in_use: 400,
  identity_taken: 400,
  last_way_in: 400,
}

/** Whether the refusal is one that a handler of the original would have made. */
export const isHandlers = ({ code }: AuthError): boolean => code !== 'locked_out' && STATUS[code] === 400

/** What is wrong, in words. Of several complaints about the input it is the first. */
export function textOf({ code, details }: AuthError): string {
  const words = messagesFor(en.language)
  const [[field = '', [first] = []] = []] = Object.entries(details.fields ?? {})
  if (code !== 'validation_failed' || first === undefined) return words.errors[code](details)
  return en.errors.field(WIRE_KEYS[field] ?? field, words.fieldErrors[first.code](first.params ?? {}))
}

const WIRE_KEYS: Readonly<Record<string, string>> = { newPassword: 'new_password', identifier: 'username' }

/** `{"error": "…"}` for what a handler of the original would have said. */
export function writeRefusal({ details }: AuthError, text: string, exchange: Exchange): Response {
  return refusal({ text, status: 400, details }, exchange)
}

interface Refusal {
  readonly text: string
  readonly status: number
  readonly details: ErrorDetails
}

function refusal({ text, status, details }: Refusal, { baseHeaders }: Exchange): Response {
  const headers = { ...baseHeaders, ...refusalHeaders(details), 'content-type': 'application/json' }
  return new Response(writeJson({ error: text }), { status, headers })
}

/** The same where a text of this vocabulary stands for the refusal. */
export function writeText(text: string, { baseHeaders }: Exchange): Response {
  const headers = { ...baseHeaders, 'content-type': 'application/json' }
  return new Response(writeJson({ error: text }), { status: 400, headers })
}

/** Everything else that is refused, `{"error": "…"}` with the status of the refusal. */
export const writeError =
  ({ lockedStatus = 400 }: DjmongoauthOptions) =>
  (error: AuthError, exchange: Exchange): Response => {
    const { code, details } = error
    const status = code === 'locked_out' ? lockedStatus : STATUS[code]
    return refusal({ text: textOf(error), status, details }, exchange)
  }

export function writeFault({ baseHeaders, info }: Exchange): Response {
  const headers = { ...baseHeaders, 'content-type': 'application/json', 'x-request-id': info.id }
  return new Response(writeJson({ error: en.errors.fault(info.id) }), { status: 500, headers })
}
