import { canonicalIdentifier, MAX_IDENTIFIER_LENGTH } from '../../model/identifier.ts'
import { refuseField } from './input.ts'

/** More words than anybody looks for; each costs as much as the next. */
const MAX_WORDS = 5

/**
 * What was typed into a search box, word by word; what stands between quotation marks is one word. Behind the fifth word
 * nothing is looked at.
 *
 * @throws {AuthError} `validation_failed`
 */
export function searchWords(query: unknown): readonly string[] {
  if (query === undefined || query === null || query === '') return []
  if (typeof query !== 'string') throw refuseField('query', 'not_text')
  if (query.length > MAX_IDENTIFIER_LENGTH) throw refuseField('query', 'too_long', { maxLength: MAX_IDENTIFIER_LENGTH })
  if (query.includes('\0')) throw refuseField('query', 'null_characters')
  if (!query.isWellFormed()) throw refuseField('query', 'surrogate_characters')
  const parts = query.match(/"[^"]*"|[^\s"]+/g) ?? []
  const words = parts.map((part) => canonicalIdentifier(part.replaceAll('"', ''))).filter((word) => word !== '')
  return [...new Set(words)].slice(0, MAX_WORDS)
}
