/** Reads what providers answer, which is data from outside: any status, any text, any shape. */
import { IdentityProviderError, type IdentityProviderReason } from '../contracts/identity-provider-error.ts'

export type Answer = Readonly<Record<string, unknown>>

/**
 * The body of an answer that should be a JSON object, whatever type it says it is.
 *
 * @throws {IdentityProviderError} `unreachable` for a 5xx or 429, `malformed_answer` for anything but an object
 */
export async function readObject(response: Response): Promise<Answer> {
  if (response.status >= 500 || response.status === 429) {
    throw new IdentityProviderError('unreachable', `status_${response.status}`)
  }
  const body = asObject(parse(await response.text()))
  if (body === null) throw new IdentityProviderError('malformed_answer', `not_json_${response.status}`)
  return body
}

/**
 * What a token endpoint gave, once it is known to be no refusal. Refusals come with 400 and a code (RFC 6749 §5.2), but
 * also with 200 (GitHub, Slack), and with a code within an object (Facebook).
 *
 * @throws {IdentityProviderError} `invalid_grant`, `misconfigured`, and what `readObject` throws
 */
export async function readGrant(response: Response): Promise<Answer> {
  const body = await readObject(response)
  const code = refusalCode(body)
  if (code === null && response.status === 200) return body
  throw new IdentityProviderError(APPLICATION_FAULTS.has(code ?? '') ? 'misconfigured' : 'invalid_grant', code)
}

/**
 * What a protected address gave for a token.
 *
 * @throws {IdentityProviderError} `invalid_grant` where the token is not taken, and what `readObject` throws
 */
export async function readProtected(response: Response): Promise<Answer> {
  const { status } = response
  const body = status === 401 || status === 403 ? null : await readObject(response)
  const code = body === null ? null : refusalCode(body)
  if (body === null || status === 400 || code !== null) {
    throw new IdentityProviderError('invalid_grant', code ?? `status_${status}`)
  }
  if (status !== 200) throw new IdentityProviderError('malformed_answer', `status_${status}`)
  return body
}

/** Why the provider sent the browser back without a code (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6). */
export function callbackRefusal(error: string): IdentityProviderError {
  return new IdentityProviderError(CALLBACK_REASONS.get(error) ?? 'denied_by_user', safeCode(error))
}

/** An object, and no list; `null` for everything else. */
export function asObject(value: unknown): Answer | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Answer) : null
}

/** What is none of these is a no: `access_denied`, `login_required`, `user_cancelled_authorize` and their like. */
const CALLBACK_REASONS: ReadonlyMap<string, IdentityProviderReason> = new Map([
  ['invalid_request', 'misconfigured'],
  ['unauthorized_client', 'misconfigured'],
  ['unsupported_response_type', 'misconfigured'],
  ['invalid_scope', 'misconfigured'],
  ['redirect_uri_mismatch', 'misconfigured'],
  ['application_suspended', 'misconfigured'],
  ['server_error', 'unreachable'],
  ['temporarily_unavailable', 'unreachable'],
])

/**
 * Refusals that no client can bring about: the application is registered otherwise than it is configured here.
 *
 * After RFC 6749 §5.2 come GitHub's words, then Slack's, then Facebook's number. `invalid_request` is not among them,
 * because several providers say so for a code that cannot be one.
 */
const APPLICATION_FAULTS: ReadonlySet<string> = new Set([
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'redirect_uri_mismatch',
  'incorrect_client_credentials',
  'bad_redirect_uri',
  'bad_client_secret',
  'invalid_client_id',
  '101',
])

function refusalCode({ error, errors }: Answer): string | null {
  const nested = asObject(error) ?? (Array.isArray(errors) ? asObject(errors[0]) : null)
  if (nested !== null) return safeCode(nested['code']) ?? 'error'
  return error === undefined || error === null ? null : (safeCode(error) ?? 'error')
}

/** A code as far as it is one: what goes into the log must not be a text of somebody else's. */
function safeCode(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && /^[\w.-]{1,64}$/.test(value) ? value : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
