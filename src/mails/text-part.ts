import type { Letter } from './letter.ts'

/** The text part of a mail. The link stands alone on its line, so that nothing that follows is taken for a part of it. */
export function textPart({ before, link, after, footer }: Letter): string {
  const paragraphs = [
    ...before,
    ...(link === null ? [] : [link.href]),
    ...(link === null || link.expiry === null ? [] : [link.expiry]),
    ...after,
    // RFC 3676 §4.3: mail programs leave what follows this line out of answers.
    `-- \n${footer}`,
  ]
  return `${paragraphs.join('\n\n')}\n`
}
