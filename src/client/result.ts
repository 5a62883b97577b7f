import type { ErrorCode, FieldErrorCode } from '../errors.ts'

/** What a call brings: what was asked for, or why there is nothing. What the API refuses is never thrown. */
export type Result<T> = Success<T> | Failure

export interface Success<T> {
  readonly ok: true
  readonly value: T
}

export interface Failure {
  readonly ok: false
  readonly error: ClientError
}

/** Told apart by `code`. A server newer than this client may have codes that are not listed here: have a default. */
export type ClientError = InvalidInput | Refusal | NetworkFailure | UnexpectedAnswer

/** Some input is missing or not acceptable. */
export interface InvalidInput {
  readonly code: 'validation_failed'
  readonly status: number
  /** For the reader, in the language of `Accept-Language`. */
  readonly detail: string
  /** Complaints by field name; a field of a profile is called `profile.field`. */
  readonly fields: Readonly<Record<string, readonly FieldComplaint[]>>
}

/** The API said no, and `docs/errors.md` says what each code means. */
export interface Refusal {
  readonly code: Exclude<ErrorCode, 'validation_failed'>
  readonly status: number
  /** For the reader, in the language of `Accept-Language`. */
  readonly detail: string
  /** When trying again can help, in seconds from now; `null` where waiting does not. */
  readonly retryAfterSeconds: number | null
}

/** No answer came: there is no connection, or a browser keeps the answer from this page. */
export interface NetworkFailure {
  readonly code: 'network'
  /** What `fetch` threw. */
  readonly cause: unknown
}

/** What came is no answer of the API: a fault of the server, or somebody in between. */
export interface UnexpectedAnswer {
  readonly code: 'unexpected_answer'
  readonly status: number
  /** Under which the server has logged its fault; `null` where it was not its own. */
  readonly requestId: string | null
  readonly retryAfterSeconds: number | null
}

export interface FieldComplaint {
  readonly code: FieldErrorCode
  /** For the reader, in the language of `Accept-Language`. */
  readonly message: string
  readonly params?: Readonly<Record<string, string | number>>
}
