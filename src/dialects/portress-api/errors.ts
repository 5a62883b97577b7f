import type { AuthError, ErrorCode, FieldError } from '../../errors.ts'
import { DEFAULT_STATUS } from '../../http/default-status.ts'
import type { Exchange } from '../../http/exchange.ts'
import { refusalHeaders } from '../../http/refusal-headers.ts'
import { messagesFor } from '../../messages/catalogues.ts'
import type { Messages } from '../../messages/messages.ts'

/** Puts a refusal as problem details (RFC 9457) in the reader's language. */
export function writeError({ code, details }: AuthError, exchange: Exchange): Response {
  const status = DEFAULT_STATUS[code]
  const messages = messagesFor(exchange.info.language)
  const problem = {
    type: `urn:portress:error:${code}`,
    title: titleOf(code),
    status,
    detail: messages.errors[code](details),
    code,
    ...(details.fields === undefined ? {} : { errors: fieldErrors(messages, details.fields) }),
  }
  const headers: Record<string, string> = {
    ...exchange.baseHeaders,
    ...refusalHeaders(details),
    'content-type': PROBLEM,
  }
  // RFC 9110 §15.5.2: a 401 names a challenge; RFC 6750 §3.1: a token that was sent and is bad is called so.
  if (status === 401) headers['www-authenticate'] = code === 'token_invalid' ? 'Bearer error="invalid_token"' : 'Bearer'
  return new Response(JSON.stringify(problem), { status, headers })
}

/** Puts a fault of the program: the id under which it was logged, and nothing more. */
export function writeFault({ baseHeaders, info }: Exchange): Response {
  const problem = {
    type: 'urn:portress:error:internal_error',
    title: 'Internal error',
    status: 500,
    code: 'internal_error',
    instance: `urn:uuid:${info.id}`,
    requestId: info.id,
  }
  const headers = { ...baseHeaders, 'content-type': PROBLEM, 'x-request-id': info.id }
  return new Response(JSON.stringify(problem), { status: 500, headers })
}

const PROBLEM = 'application/problem+json'

/** RFC 9457 §3.1.3: the same for every occurrence. */
function titleOf(code: ErrorCode): string {
  return code.charAt(0).toUpperCase() + code.slice(1).replaceAll('_', ' ')
}

interface WireFieldError extends FieldError {
  readonly message: string
}

function fieldErrors(
  messages: Messages,
  fields: Readonly<Record<string, readonly FieldError[]>>,
): Readonly<Record<string, readonly WireFieldError[]>> {
  const put = ({ code, params }: FieldError): WireFieldError => ({
    code,
    message: messages.fieldErrors[code](params ?? {}),
    ...(params === undefined ? {} : { params }),
  })
  return Object.fromEntries(Object.entries(fields).map(([name, list]) => [name, list.map(put)]))
}
