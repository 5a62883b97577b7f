import { AuthError } from '../../errors.ts'

/** How an engine's driver takes the values that engines do not agree on. */
export interface EncodedForms {
  boolean(value: boolean): unknown
  moment(value: Date): unknown
}

/**
 * Makes `SqlEngine.encode`.
 *
 * @throws {TypeError} what it makes does so for values that no column holds
 */
export function valueEncoder(forms: EncodedForms): (value: unknown) => unknown {
  return (value) => {
    if (typeof value === 'string') return keepableText(value)
    if (typeof value === 'boolean') return forms.boolean(value)
    if (value instanceof Date && !Number.isNaN(value.getTime())) return forms.moment(value)
    if (value === null || value instanceof Uint8Array || Number.isFinite(value)) return value
    throw new TypeError(`a store cannot keep ${typeof value === 'number' ? value : `this ${typeof value}`}`)
  }
}

function keepableText(text: string): string {
  // A NUL ends text in some drivers and is refused by others, and lone surrogates all become the same replacement character.
  if (text.includes('\0') || !text.isWellFormed()) throw new AuthError('malformed_request')
  return text
}
