/** A piece of a text: plain where `href` is `null`. The pieces joined are the text. */
export interface TextPiece {
  readonly text: string
  readonly href: string | null
}

/** Finds the web addresses in the text part of a mail. */
export function splitAtLinks(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = []
  let end = 0
  for (const { 0: link, index } of text.matchAll(LINK)) {
    if (!URL.canParse(link)) continue
    if (index > end) pieces.push({ text: text.slice(end, index), href: null })
    pieces.push({ text: link, href: link })
    end = index + link.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end), href: null })
  return pieces
}

/** A sentence's own punctuation at the end of an address does not belong to it. */
const LINK = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/g
