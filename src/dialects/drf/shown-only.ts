import type { FieldDescription } from './field-set.ts'
import type { FieldReader } from './fields.ts'

/** Described to whoever asks, and silently left alone. */
export function shownOnly(
  { description, ...field }: FieldReader,
  type: FieldDescription['type'] = description.type,
): FieldReader {
  const { label, isSecret } = description
  return { ...field, description: { type, required: false, isReadOnly: true, label, isSecret } }
}
