/** Django's columns hold 128 characters, imported ones seldom more. Longer text is not looked at. */
const MAX_TEXT_LENGTH = 1024

/**
 * Names the algorithm that a stored text is taken for, the way Django does, or `null` for text that can never verify:
 * marked unusable, or too long. The name may be one that nobody knows.
 */
export function identifyAlgorithm(encoded: string): string | null {
  if (!isUsable(encoded) || encoded.length > MAX_TEXT_LENGTH) return null
  // Two forms that Django wrote before 1.0, told apart by nothing but their length.
  if (encoded.length === 32 && !encoded.includes('$')) return 'unsalted_md5'
  if (encoded.length === 37 && encoded.startsWith('md5$$')) return 'unsalted_md5'
  if (encoded.length === 46 && encoded.startsWith('sha1$$')) return 'unsalted_sha1'
  const end = encoded.indexOf('$')
  return end < 0 ? null : encoded.slice(0, end)
}

/** Whether the text was made from a password. `!…` marks users who have none. */
export function isUsable(encoded: string): boolean {
  return !encoded.startsWith('!')
}
