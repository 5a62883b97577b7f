/**
 * Tells whether a text mixes writing systems that people do not mix, as look-alike names do (`аdmin` with a Cyrillic а).
 *
 * It is the level "highly restrictive" of UTS #39 §5.2: one of the recommended scripts, or Latin together with
 * Japanese, Korean or Chinese. Characters that belong to every script, such as ASCII digits, count for none.
 */
export function hasMixedScripts(text: string): boolean {
  if (/^[\0-\x7f]*$/.test(text)) return false
  return !allowedPatterns().some((pattern) => pattern.test(text))
}

// UAX #31 table 5. Scripts that are out of use or of limited use have too many look-alikes to be told apart.
const RECOMMENDED =
  'Latin Cyrillic Greek Arabic Armenian Bengali Bopomofo Devanagari Ethiopic Georgian Gujarati Gurmukhi Han Hangul ' +
  'Hebrew Hiragana Kannada Katakana Khmer Lao Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai Tibetan'

const COMBINATIONS = ['Latin Han Hiragana Katakana', 'Latin Han Bopomofo', 'Latin Han Hangul']

let patterns: readonly RegExp[] | null = null

/** Made for the first text that needs them: compiling them all takes longer than starting most modules. */
function allowedPatterns(): readonly RegExp[] {
  patterns ??= [...RECOMMENDED.split(' '), ...COMBINATIONS].map(onlyScripts)
  return patterns
}

function onlyScripts(scripts: string): RegExp {
  const classes = ['Common', 'Inherited', ...scripts.split(' ')].map((script) => `\\p{scx=${script}}`)
  return new RegExp(`^[${classes.join('')}]*$`, 'u')
}
