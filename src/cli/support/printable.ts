/**
 * Text that may come from strangers, fit for a terminal: control characters and marks that turn the direction of
 * writing are shown as �, so that a user name can neither move the cursor nor reorder a line.
 */
export function printable(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, '\u{FFFD}')
}

/** The same for text of several lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}
