import type { AuthError, FieldError } from '../../errors.ts'
import type { AdminMessages } from '../../messages/admin/admin-messages.ts'
import { codePointLength } from '../../util/text.ts'

/** Sentences by the field that they are about. */
export type Problems = Readonly<Record<string, readonly string[]>>

/** What a form knows of a field that a command names. */
export interface NamedField {
  /** What it is called in the form. */
  readonly name: string
  readonly label: string
  /** What was typed. */
  readonly text: string
}

/**
 * What a refusal says of single fields, in the reader's words: by the names of the form where it has the field, and else by
 * those of the command.
 */
export function problemsBy(
  { details }: AuthError,
  words: AdminMessages,
  fieldOf: (field: string) => NamedField | null = () => null,
): Problems {
  const problems: Record<string, readonly string[]> = {}
  for (const [field, list] of Object.entries(details.fields ?? {})) {
    const named = fieldOf(field)
    problems[named?.name ?? field] = list.map((error) => sentenceFor(error, words, named))
  }
  return problems
}

function sentenceFor({ code, params = {} }: FieldError, words: AdminMessages, field: NamedField | null): string {
  if (field !== null && code === 'taken') return words.taken(field.label)
  if (field !== null && code === 'too_long' && typeof params['maxLength'] === 'number') {
    return words.tooLong(params['maxLength'], codePointLength(field.text))
  }
  return words.complaints[code](params)
}

export const countProblems = (problems: Problems): number =>
  Object.values(problems).filter((list) => list.length > 0).length
