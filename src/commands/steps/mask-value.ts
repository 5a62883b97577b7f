import type { FieldDefinition, FieldValue, JsonValue } from '../../model/field.ts'

/** Enough to tell one value from another, too little to learn it. */
export function maskText(text: string): string {
  const [first = ''] = text
  return text === '' ? '' : `${first}***`
}

/** `a***@example.org`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return at < 0 ? maskText(email) : `${maskText(email.slice(0, at))}${email.slice(at)}`
}

/** A declared field's value as the audit log has it: choices, numbers and moments as they are, what people wrote masked. */
export function maskField({ kind }: Pick<FieldDefinition, 'kind'>, value: FieldValue | undefined): JsonValue {
  if (value === undefined || value === null) return null
  if (value instanceof Date) return value.toISOString()
  if (kind === 'json') return '***'
  return kind === 'text' ? maskText(String(value)) : (value as JsonValue)
}
