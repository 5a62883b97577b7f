import type { FieldError } from '../../errors.ts'
import { fieldSentences } from './explain-error.ts'

/** What a prompt calls a field: `favouriteColour` is asked for as `Favourite colour`. */
export function fieldLabel(name: string): string {
  if (name === 'email') return 'Email address'
  const words = name.replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What is wrong with an answer, in the words that operators of Django know; `null` where nothing is. */
export function promptComplaint(name: string, errors: readonly FieldError[]): string | null {
  const [error] = errors
  if (error === undefined) return null
  if (error.code === 'required') return 'This field cannot be blank.'
  return wordsOfDjango(name, error) ?? sentenceFor(error)
}

/** The same for what was given beforehand: a line for each complaint, which says what it is about. */
export function refusalLines(fields: Readonly<Record<string, readonly FieldError[]>>): readonly string[] {
  return Object.entries(fields).flatMap(([name, errors]) => errors.map((error) => refusalLine(name, error)))
}

function refusalLine(name: string, error: FieldError): string {
  if (error.code === 'required') return `${fieldLabel(name)} cannot be blank.`
  const words = wordsOfDjango(name, error)
  if (words === null) return `${fieldLabel(name)}: ${sentenceFor(error)}`
  return error.code === 'taken' ? `Error: ${words}` : words
}

function wordsOfDjango(name: string, { code }: FieldError): string | null {
  if (code === 'email_invalid') return 'Enter a valid email address.'
  return code === 'taken' ? `That ${fieldLabel(name).toLowerCase()} is already taken.` : null
}

function sentenceFor(error: FieldError): string {
  return fieldSentences({ it: [error] })['it']?.[0] ?? ''
}
