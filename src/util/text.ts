/** The number of code points, which is what a person and Django count; `length` counts UTF-16 units. */
export function codePointLength(text: string): number {
  let length = 0
  for (const _ of text) length += 1
  return length
}

/** Tells whether the text has more than `limit` code points, without walking much further than that. */
export function isLongerThan(text: string, limit: number): boolean {
  // A code point is one or two units: most texts are judged by their length alone, a megabyte among them.
  if (text.length <= limit) return false
  return text.length > limit * 2 || codePointLength(text) > limit
}

/** Trims what JavaScript and what Python call white space, so that neither side of a shared database finds more. */
export function trimWhiteSpace(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isWhiteSpace(text.charAt(start))) start += 1
  while (end > start && isWhiteSpace(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}

/** Tells whether the text has C0 or C1 control characters, line breaks and tabs included. */
export function hasControlCharacters(text: string): boolean {
  return /\p{Cc}/u.test(text)
}

function isWhiteSpace(character: string): boolean {
  return /\s/.test(character) || PYTHON_WHITE_SPACE.has(character)
}

const PYTHON_WHITE_SPACE = new Set(['\u001c', '\u001d', '\u001e', '\u001f', '\u0085'])
