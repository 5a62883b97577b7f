import { AuthError, type FieldError, type FieldErrorCode } from '../../errors.ts'
import { MAX_IDENTIFIER_LENGTH } from '../../model/identifier.ts'

/** Bytes. Longer ones are refused before anything is computed from them. */
const MAX_PASSWORD_BYTES = 4096

/** Complaints about several fields, gathered before anything is refused. */
export type FieldErrors = Record<string, readonly FieldError[]>

export function refuseField(field: string, code: FieldErrorCode, params?: FieldError['params']): AuthError {
  return new AuthError('validation_failed', {
    fields: { [field]: [params === undefined ? { code } : { code, params }] },
  })
}

/**
 * What is wrong with the marks of an operator's input: code without types may hold `'false'`, and no text may make anybody
 * an operator.
 */
export function markProblems(marks: Readonly<Record<'isStaff' | 'isSuperuser', unknown>>): FieldErrors {
  const wrong = Object.entries(marks).filter(([, mark]) => mark !== undefined && typeof mark !== 'boolean')
  return Object.fromEntries(wrong.map(([name]) => [name, [{ code: 'not_boolean' }]]))
}

/** @throws {AuthError} `validation_failed` with all complaints, if there are any */
export function assertNoErrors(errors: FieldErrors): void {
  const fields = Object.fromEntries(Object.entries(errors).filter(([, list]) => list.length > 0))
  if (Object.keys(fields).length > 0) throw new AuthError('validation_failed', { fields })
}

/**
 * Checks a text for which only its shape matters, such as what is typed to log in: it must be there, be short enough
 * and be storable in every database.
 *
 * @throws {AuthError} `validation_failed`
 */
export function assertIdentifier(field: string, value: unknown): asserts value is string {
  const problem = textProblem(value, (text) => text.length > MAX_IDENTIFIER_LENGTH)
  if (problem !== null) throw refuseField(field, problem)
}

/**
 * Checks a password for what makes it unfit to be hashed at all. It is never trimmed, folded or normalised.
 *
 * @throws {AuthError} `validation_failed`
 */
export function assertPasswordText(field: string, value: unknown): asserts value is string {
  const problem = passwordTextProblem(value)
  if (problem !== null) throw refuseField(field, problem)
}

/** What makes a password unfit to be hashed at all, or `null`. */
export function passwordTextProblem(value: unknown): FieldErrorCode | null {
  const problem = textProblem(value, (text) => isLongerThanBytes(text, MAX_PASSWORD_BYTES))
  return problem === 'too_long' ? 'password_too_long' : problem
}

function textProblem(value: unknown, isTooLong: (text: string) => boolean): FieldErrorCode | null {
  if (value === undefined || value === null || value === '') return 'required'
  if (typeof value !== 'string') return 'not_text'
  if (isTooLong(value)) return 'too_long'
  if (value.includes('\0')) return 'null_characters'
  return value.isWellFormed() ? null : 'surrogate_characters'
}

const isLongerThanBytes = (text: string, limit: number): boolean =>
  text.length > limit || Buffer.byteLength(text) > limit
