/**
 * Every reason for which a command refuses, with what a developer should know about it.
 *
 * The codes are public API: they never change their meaning. The sentences are for developers and may change;
 * what a person reads comes from `messages/`.
 */
export const ERRORS = {
  invalid_credentials: 'The identifier or the password is wrong. Unknown, disabled and locked users answer the same.',
  wrong_current_password: 'The current password that must confirm this step is wrong.',
  not_authenticated: 'This needs a session, and no credential was sent.',
  token_invalid: 'The token or session is unknown, expired, revoked, or its user may no longer log in.',
  code_invalid: 'The mailed code is unknown, expired, already used, or made for another purpose.',
  email_not_verified: 'The password was right, but the address has not been confirmed yet.',
  user_not_active: 'The password was right, but the user has not been activated or has been disabled.',
  locked_out: 'Too many wrong guesses. Told only where the configuration reveals locks.',
  rate_limited: 'This was asked for too often. `retryAfterSeconds` says when to come back.',
  overloaded: 'The queue for password hashing is full. `retryAfterSeconds` says when to come back.',
  unavailable: 'The store cannot be reached. `retryAfterSeconds` says when to come back.',
  validation_failed: 'Some input is missing or not acceptable. `fields` says which and why.',
  malformed_request: 'The body could not be read: its syntax, its size, its depth or its encoding.',
  unsupported_media_type: 'The body is of a type that this address does not read.',
  payload_too_large: 'The body is larger than this address accepts.',
  registration_closed: 'Nobody can register here.',
  forbidden: 'The caller is known but may not do this.',
  cross_site_request: 'A browser sent this from another site, or did not say from where.',
  not_found: 'There is nothing here, or nothing that the caller may see.',
  method_not_allowed: 'This address does not answer this method.',
  refused_by_hook: 'A `before…` hook of the application refused.',
  provider_refused: 'The provider did not prove anybody: it refused, was told no, or answered what cannot be trusted.',
  provider_unavailable: 'The provider cannot be reached, or does not take this application.',
  social_state_invalid: 'This social log-in was not begun in this browser, has expired, or is over already.',
  email_in_use: 'Another user has the address that the provider told, and is not linked to this identity.',
  identity_taken: 'The identity belongs to another user.',
  last_way_in: 'Without this the user could not log in any more.',
} as const

/** A stable reason for a refusal. */
export type ErrorCode = keyof typeof ERRORS

/** One complaint about one field; `params` fills the placeholders of the sentence that `messages/` has for `code`. */
export interface FieldError {
  readonly code: FieldErrorCode
  readonly params?: Readonly<Record<string, string | number>>
}

/** Every complaint that a field of input can get. */
export type FieldErrorCode =
  | 'required'
  | 'unknown_field'
  | 'not_writable'
  | 'not_text'
  | 'not_number'
  | 'not_boolean'
  | 'not_date'
  | 'not_json'
  | 'not_a_choice'
  | 'too_long'
  | 'too_small'
  | 'too_large'
  | 'null_characters'
  | 'surrogate_characters'
  | 'email_invalid'
  | 'username_invalid'
  | 'username_reserved'
  | 'taken'
  | 'password_too_short'
  | 'password_too_long'
  | 'password_too_common'
  | 'password_entirely_numeric'
  | 'password_too_similar'
  | 'password_context_word'
  | 'wrong_password'
  | 'differs'
  | 'custom'

/** What an `AuthError` may carry besides its code. Never a secret, never what the client sent. */
export interface ErrorDetails {
  /** Complaints by field name, for `validation_failed`. */
  readonly fields?: Readonly<Record<string, readonly FieldError[]>>
  /** When trying again can help, in seconds from now, at least 1. */
  readonly retryAfterSeconds?: number
  /** The methods an address answers, for `method_not_allowed`. */
  readonly allow?: readonly string[]
  /** What a hook said, for `refused_by_hook`. Shown to the client as it is. */
  readonly message?: string
  /**
   * Why exactly, for `invalid_credentials`, `token_invalid`, `code_invalid`, `validation_failed`, `user_not_active`,
   * `provider_refused` and `forbidden`, as far as it may be told.
   */
  readonly reason?: RefusalReason
  /** The claim that a genuine token lacks, for the reason `missing_claim`. */
  readonly claim?: string
}

/**
 * What a vocabulary with words of its own for it may tell apart. Portress's own API tells none of it.
 *
 * Of a token: `malformed`, `wrong_algorithm` (it wants to be checked in another way), `bad_signature`, `missing_claim`
 * (it is genuine and lacks the `claim`), `expired`, `wrong_type` (a refresh token where an access token belongs, or the
 * other way round), `ended` (its session is over), `user_not_active`, `user_unknown` (also by the name that it was made
 * for). Of a log-in whose caller wants to be told: `user_unknown`. Of a mailed code: `expired`, `user_unknown` (it came
 * with a user whom there is not), `already_active` (it was used, or there is nothing left to activate), `taken_meanwhile`
 * (somebody else has the address that it proves). Of a registration: `taken_meanwhile` (its user name was free when it was
 * looked up). Of a user who is not active: `pending` (the mailed code was not used yet). Of a provider's answer:
 * `denied_by_user` (the person said no over there), `invalid_grant` (what a client had from the provider is no longer good
 * there, or never was). Of an operator who may not do it: `own_account` (not to the own account, not in this way),
 * `proof_too_old` (the password must be given again first).
 */
export type RefusalReason =
  | 'malformed'
  | 'wrong_algorithm'
  | 'bad_signature'
  | 'missing_claim'
  | 'expired'
  | 'wrong_type'
  | 'ended'
  | 'user_not_active'
  | 'user_unknown'
  | 'already_active'
  | 'taken_meanwhile'
  | 'pending'
  | 'denied_by_user'
  | 'invalid_grant'
  | 'own_account'
  | 'proof_too_old'

/** Besides the cause: words for a developer that are closer to the matter than those of the code. */
export interface AuthErrorOptions extends ErrorOptions {
  /** @default the sentence of `ERRORS` */
  readonly message?: string
}

/** The one class of errors that a command throws on purpose. Everything else is a fault of the program. */
export class AuthError extends Error {
  override readonly name = 'AuthError'
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(
    code: ErrorCode,
    details: ErrorDetails = {},
    { message = ERRORS[code], ...options }: AuthErrorOptions = {},
  ) {
    super(message, options)
    this.code = code
    this.details = details
  }
}
