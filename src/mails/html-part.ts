import type { Letter } from './letter.ts'

/**
 * The HTML part of a mail: plain paragraphs that read the same without styles, in the reader's own light or dark
 * colours, and nothing that is fetched from anywhere.
 */
export function htmlPart(letter: Letter): string {
  const { subject, before, link, after, footer } = letter
  const body = [
    ...before.map(paragraph),
    ...(link === null ? [] : linkParagraphs(link)),
    ...after.map(paragraph),
    `<hr>\n<p><small>${escapeHtml(footer)}</small></p>`,
  ]
  return `<!doctype html>
<html lang="${escapeHtml(letter.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(subject)}</title>
</head>
<body style="${BODY_STYLE}">
${body.join('\n')}
</body>
</html>
`
}

function linkParagraphs({ href, button, introduction, expiry }: NonNullable<Letter['link']>): readonly string[] {
  const target = escapeHtml(href)
  return [
    `<p><a href="${target}" style="${BUTTON_STYLE}">${escapeHtml(button)}</a></p>`,
    `<p>${escapeHtml(introduction)}<br>\n<a href="${target}" style="${ADDRESS_STYLE}">${target}</a></p>`,
    ...(expiry === null ? [] : [paragraph(expiry)]),
  ]
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text).replaceAll('\n', '<br>\n')}</p>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

const BODY_STYLE = 'max-width: 36em; margin: 0 auto; padding: 1.5em; font: 1em/1.5 system-ui, sans-serif'
const BUTTON_STYLE =
  'display: inline-block; padding: 0.6em 1.2em; border-radius: 0.4em; background: #1d4ed8; color: #ffffff; text-decoration: none'
const ADDRESS_STYLE = 'overflow-wrap: anywhere'
