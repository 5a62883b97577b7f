/**
 * Makes a stranger's text fit to stand inside a mail: one line, at most `maxLength` code points, nothing invisible,
 * no markup, and nothing that a mail program would turn into a link. May leave nothing.
 *
 * `Ann <a href=//evil>x</a> http://evil.example` becomes `Ann a`. Applied twice it changes nothing more.
 */
export function defuseText(text: string, maxLength: number): string {
  const words = oneLine(text.slice(0, maxLength * MAX_UNITS_READ_PER_CODE_POINT).normalize('NFKC'))
    .split(' ')
    .filter((word) => !LINK.test(word))
    .join(' ')
    .replace(/[<>\\/]/g, ' ')
    // Between letters a dot makes a domain of two words; followed by a space it ends an abbreviation.
    .replace(/([.\u3002])(?=\S)/g, '$1 ')
  const codePoints = Array.from(oneLine(words)).slice(0, maxLength)
  return codePoints.join('').trim()
}

/**
 * Takes out what is not seen: control characters and line breaks become spaces; marks that turn the direction of
 * writing, zero-width characters and lone surrogates vanish.
 */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
}

// A path to another host, an address, what is taken for a host without a look at its end, or a scheme.
const LINK = /\/\/|@|www\.|[\p{L}\p{N}]:\S/iu

// Enough for marks that are taken out, and for characters of two units; bounds the work on a megabyte.
const MAX_UNITS_READ_PER_CODE_POINT = 8
