import { AuthError } from '../../errors.ts'
import { type FieldNames, wireErrors } from './field-errors.ts'
import type { WireErrors } from './field-set.ts'
import type { DrfCall } from './view.ts'

/** What a check complains of, to be told beside other complaints; nothing where it passes. */
export async function complaintsOf(
  check: Promise<void>,
  { words }: Pick<DrfCall, 'words'>,
  names: FieldNames,
): Promise<WireErrors> {
  try {
    await check
    return {}
  } catch (error) {
    const fields = error instanceof AuthError ? complaintsIn(error) : null
    if (fields === null) throw error
    return wireErrors(fields, names, words)
  }
}

function complaintsIn({ code, details }: AuthError): NonNullable<AuthError['details']['fields']> | null {
  if (code === 'wrong_current_password') return { currentPassword: [{ code: 'wrong_password' }] }
  return code === 'validation_failed' ? (details.fields ?? {}) : null
}
