import type { JsonValue } from '../../model/field.ts'
import type { Generation } from './view.ts'

interface JsonStyle {
  readonly json: Generation['json']
  /** Spaces; 0 puts everything on one line. */
  readonly indent: number
}

/** JSON as the generation writes it: without spaces, or with one after each comma and colon as Python does it. */
export function toJson(value: JsonValue, { json, indent }: JsonStyle): string {
  const text = indent > 0 || json === 'compact' ? JSON.stringify(value, null, indent) : spaced(value)
  // Line ends to JavaScript before 2019, and escaped by the original, too.
  return text.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

function spaced(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  const entries = Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}: ${spaced(part)}`)
  return `{${entries.join(', ')}}`
}
