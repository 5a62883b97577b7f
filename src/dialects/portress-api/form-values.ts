import type { WireBody } from '../../http/body.ts'
import type { FieldDefinition, FieldDefinitions } from '../../model/field.ts'

export function isForm(contentType: string | null): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded'
}

/**
 * Gives the declared fields of a form the types that JSON would give them, because a form knows nothing but text. What
 * does not read as its field's type stays the text it is, for the complaint.
 */
export function readFormValues(definitions: FieldDefinitions, form: WireBody): WireBody {
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => {
      const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined
      return [name, definition && typeof value === 'string' ? readFormValue(definition, value) : value]
    }),
  )
}

function readFormValue({ kind }: FieldDefinition, text: string): unknown {
  if (kind === 'text') return text
  // An input that was left empty is sent all the same.
  if (text === '') return null
  if (kind === 'number') return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text
  // A ticked box without a value of its own sends `on`.
  if (kind === 'boolean') return BOOLEANS.get(text) ?? text
  return kind === 'json' ? readJsonText(text) : text
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['on', true],
  ['false', false],
])

function readJsonText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
