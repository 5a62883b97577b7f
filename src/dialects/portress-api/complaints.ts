import type { $ZodIssue } from 'zod/v4/core'
import type { Engine } from '../../commands/context.ts'
import type { FieldError, FieldErrorCode } from '../../errors.ts'

type Complaints = Readonly<Record<string, readonly FieldError[]>>

/** What the schemas say of a value of the wrong type. */
const TYPE_CODES = [
  'not_text',
  'not_number',
  'not_boolean',
  'not_date',
  'not_json',
  'not_a_choice',
] as const satisfies readonly FieldErrorCode[]

/** Puts what a schema found into the complaints that commands make; a field of a profile is called `profile.field`. */
export function complaintsOf(issues: readonly $ZodIssue[], user: Engine['config']['user']): Complaints {
  const complaints = new Map<string, readonly FieldError[]>()
  for (const issue of issues) {
    const path = issue.path.map(String)
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) complaints.set([...path, key].join('.'), [{ code: codeOfKey(user, path, key) }])
    } else complaints.set(path.join('.'), [{ code: codeOfValue(issue) }])
  }
  return Object.fromEntries(complaints)
}

/** Commands tell a declared field that nobody may write from one that there is not. */
function codeOfKey(user: Engine['config']['user'], path: readonly string[], key: string): FieldErrorCode {
  const [profile] = path
  const definitions = profile === undefined ? user.fields : (user.profiles[profile] ?? {})
  return Object.hasOwn(definitions, key) ? 'not_writable' : 'unknown_field'
}

function codeOfValue({ input, message }: $ZodIssue): FieldErrorCode {
  if (input === undefined || input === null) return 'required'
  return TYPE_CODES.find((code) => code === message) ?? 'not_json'
}
