import { escapeHtml } from './escape-html.ts'

/** The HTML part of a mail that the original sends as text alone. A mailer is always given both: this is the text again. */
export const plainPage = (lines: readonly string[]): string =>
  `<!doctype html>\n<meta charset="utf-8">\n${lines.map((line) => `<p>${escapeHtml(line)}</p>\n`).join('')}`
