/**
 * Unicode full case folding, which JavaScript lacks.
 *
 * Per code point, to upper case and back to lower case. That alone would take a dotless `ı` for an `i` and so one
 * user's name for another's (CVE-2019-19844); the exceptions make it equal to CaseFolding.txt over all code points.
 */
export function caseFold(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase()
  let folded = ''
  for (const character of text) folded += foldCharacter(character)
  return folded
}

function foldCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code === DOTLESS_I) return character
  if (code === CAPITAL_SHARP_S) return 'ss'
  // Cherokee folds to its capitals, because its small letters came to Unicode later.
  if (code >= 0x13a0 && code <= 0x13f5) return character
  if (code >= 0x13f8 && code <= 0x13fd) return String.fromCodePoint(code - 8)
  if (code >= 0xab70 && code <= 0xabbf) return String.fromCodePoint(code - 0x97d0)
  return character.toUpperCase().toLowerCase()
}

const DOTLESS_I = 0x131
const CAPITAL_SHARP_S = 0x1e9e
