/**
 * A value as one line of JSON. JSON leaves DEL, C1 and marks of direction as they are; a terminal that shows the line would
 * obey them.
 */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
