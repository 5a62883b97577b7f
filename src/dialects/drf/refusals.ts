import type { AuthError, ErrorCode } from '../../errors.ts'
import { DEFAULT_STATUS } from '../../http/default-status.ts'
import { refusalHeaders } from '../../http/refusal-headers.ts'
import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import { refuse } from './drf-error.ts'
import { type FieldNames, wireErrors } from './field-errors.ts'
import { NON_FIELD } from './field-set.ts'
import { unauthorized } from './schemes.ts'
import type { DrfAnswer, DrfCall } from './view.ts'

type Parts = Pick<DrfCall, 'settings' | 'exchange' | 'words'>

/** `{"detail": …}` with the status that the code has everywhere. */
const detail =
  (sentence: (words: DrfMessages, error: AuthError) => string) =>
  (error: AuthError, { words }: Parts): DrfAnswer => ({
    status: DEFAULT_STATUS[error.code],
    body: { detail: sentence(words, error) },
    headers: refusalHeaders(error.details),
  })

const nonField =
  (sentence: (words: DrfMessages) => string) =>
  (_: AuthError, { words }: Parts): DrfAnswer => ({ status: 400, body: { [NON_FIELD]: [sentence(words)] } })

const throttled = detail((words, { details }) => words.requests.throttled(details.retryAfterSeconds ?? null))

const ofToken = (sentence: (words: DrfMessages) => string) => (_: AuthError, parts: Parts) =>
  unauthorized(parts.settings, sentence(parts.words)).answer

/**
 * The answer to every refusal of a command that the row itself has no other words for. A new code does not compile
 * until it has one.
 */
const ANSWERS: { readonly [K in ErrorCode]: (error: AuthError, parts: Parts) => DrfAnswer } = {
  invalid_credentials: nonField((words) => words.authentication.cannotLogIn),
  wrong_current_password: nonField((words) => words.fieldErrors.wrong_password({})),
  not_authenticated: ofToken((words) => words.authentication.credentialsMissing),
  token_invalid: ofToken((words) => words.authentication.invalidToken),
  code_invalid: nonField((words) => words.authentication.invalidToken),
  email_not_verified: nonField((words) => words.authentication.cannotLogIn),
  user_not_active: nonField((words) => words.authentication.userDisabled),
  locked_out: throttled,
  rate_limited: throttled,
  overloaded: throttled,
  unavailable: detail((words) => words.requests.unavailable),
  validation_failed: (error, { words }) => ({
    status: 400,
    body: wireErrors(error.details.fields ?? {}, SAME_NAMES, words),
  }),
  malformed_request: detail((words) => words.requests.malformed),
  unsupported_media_type: (_, { words, exchange }) =>
    refuse(415, words.requests.unsupportedMediaType(exchange.header('content-type') ?? '')).answer,
  payload_too_large: detail((words) => words.requests.payloadTooLarge),
  registration_closed: detail((words) => words.authentication.permissionDenied),
  forbidden: detail((words) => words.authentication.permissionDenied),
  cross_site_request: (_, { words, exchange }) => {
    const reason = words.csrf.originUntrusted(exchange.header('origin') ?? 'null')
    return { status: 403, body: { detail: words.csrf.failed(reason) } }
  },
  not_found: detail((words) => words.requests.notFound),
  method_not_allowed: ({ details }, { words, exchange }) =>
    refuse(405, words.requests.methodNotAllowed(exchange.method), refusalHeaders(details)).answer,
  refused_by_hook: detail((words, { details }) => details.message ?? words.authentication.permissionDenied),
  provider_refused: nonField((words) => words.authentication.cannotLogIn),
  provider_unavailable: detail((words) => words.requests.unavailable),
  social_state_invalid: nonField((words) => words.authentication.invalidToken),
  email_in_use: nonField((words) => words.fieldErrors.taken({})),
  identity_taken: nonField((words) => words.fieldErrors.taken({})),
  last_way_in: nonField((words) => words.authentication.permissionDenied),
}

const SAME_NAMES: FieldNames = {}

export function answerRefusal(error: AuthError, parts: Parts): DrfAnswer {
  return ANSWERS[error.code](error, parts)
}
