/**
 * Chooses the language for a reader by the look-up scheme of RFC 4647 §3.4: the first range, by weight, that one of
 * `available` matches, each range shortened from its end until it does. Nothing matches: the first of `available`.
 * Chinese by country is looked up by script: `zh-CN` finds `zh-Hans`.
 *
 * Takes any header, at a cost linear in at most 1,024 characters of it.
 *
 * @throws {TypeError} when nothing is available
 */
export function chooseLanguage(acceptLanguage: string | null, available: readonly string[]): string {
  const [fallback] = available
  if (fallback === undefined) throw new TypeError('At least one language must be available')
  const bySpelling = new Map(available.map((tag) => [tag.toLowerCase(), tag]))
  for (const range of simplifiedChineseLast(rangesByWeight(acceptLanguage ?? ''))) {
    const match = lookUp(range, bySpelling)
    if (match !== undefined) return match
  }
  return fallback
}

interface WeightedRange {
  readonly range: string
  readonly weight: number
}

function rangesByWeight(header: string): readonly string[] {
  return cutAtComma(header)
    .toLowerCase()
    .split(',')
    .map(readRange)
    .filter((entry) => entry !== null)
    .sort((a, b) => b.weight - a.weight)
    .map((entry) => entry.range)
}

// A range that was cut in two could match something else, or lose its weight, so it goes as a whole.
function cutAtComma(header: string): string {
  if (header.length <= MAX_HEADER_LENGTH) return header
  return header.slice(0, Math.max(0, header.lastIndexOf(',', MAX_HEADER_LENGTH)))
}

// RFC 9110 §12.4.2: a weight of 0 means "not this". `*` asks for the fallback, as no range at all does.
function readRange(text: string): WeightedRange | null {
  const [range = '', parameter = 'q=1'] = text.split(';', 2).map((part) => part.trim())
  const weight = /^q=([01](?:\.\d{0,3})?)$/.exec(parameter)?.[1]
  if (weight === undefined || !LANGUAGE_RANGE.test(range)) return null
  return Number(weight) > 0 ? { range, weight: Math.min(1, Number(weight)) } : null
}

// To a range of traditional Chinese browsers add a `zh` of less weight, which its readers did not ask for.
function simplifiedChineseLast(ranges: readonly string[]): readonly string[] {
  const traditional = ranges.findIndex((range) => (SCRIPTS.get(range) ?? range).startsWith('zh-hant'))
  if (traditional === -1) return ranges
  const isAdded = (range: string, index: number) => range === 'zh' && index > traditional
  return [...ranges.filter((range, index) => !isAdded(range, index)), ...ranges.filter(isAdded)]
}

function lookUp(range: string, bySpelling: ReadonlyMap<string, string>): string | undefined {
  const exact = bySpelling.get(range)
  if (exact !== undefined) return exact
  const subtags = (SCRIPTS.get(range) ?? range).split('-')
  while (subtags.length > 0) {
    const match = bySpelling.get(subtags.join('-'))
    if (match !== undefined) return match
    subtags.pop()
    // A single letter announces the subtag that was just taken away, so it goes too.
    if (subtags.at(-1)?.length === 1) subtags.pop()
  }
  return undefined
}

// Browsers ask for Chinese by the country, catalogues are named after the script that is written there.
const SCRIPTS: ReadonlyMap<string, string> = new Map([
  ['zh', 'zh-hans'],
  ['zh-cn', 'zh-hans'],
  ['zh-sg', 'zh-hans'],
  ['zh-hk', 'zh-hant'],
  ['zh-mo', 'zh-hant'],
  ['zh-tw', 'zh-hant'],
])

// Browsers send under 100 characters.
const MAX_HEADER_LENGTH = 1024

// RFC 4647 §2.1, without wildcards; nine subtags are more than any registered language has.
const LANGUAGE_RANGE = /^[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,8}$/
