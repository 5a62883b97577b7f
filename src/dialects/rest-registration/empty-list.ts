import { AuthError } from '../../errors.ts'
import { NON_FIELD } from '../drf/field-set.ts'

/** A field of no command: under it stands nothing, where the original has a list of complaints that is empty. */
export const EMPTY_LIST = 'nothing'

/** What that list is called on the wire. */
export const EMPTY_LIST_NAME: string = NON_FIELD

/** What is wrong with a new password stands beside an empty list: clients were written against it. */
export async function withEmptyList<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const fields = error instanceof AuthError && error.code === 'validation_failed' ? (error.details.fields ?? {}) : {}
    const isOfPassword = Object.keys(fields).some((name) => PASSWORD_FIELDS.has(name))
    throw isOfPassword ? new AuthError('validation_failed', { fields: { ...fields, [EMPTY_LIST]: [] } }) : error
  }
}

const PASSWORD_FIELDS: ReadonlySet<string> = new Set(['password', 'passwordAgain', 'newPassword', 'newPasswordAgain'])
