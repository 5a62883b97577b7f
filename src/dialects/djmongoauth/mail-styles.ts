import type { LinkInput, MailStyle, RenderedMail, StyledMailInput } from '../../http/dialect.ts'
import type { DjmongoauthMailWords } from '../../messages/djmongoauth/djmongoauth-messages.ts'
import { en } from '../../messages/djmongoauth/en.ts'
import { escapeHtml } from '../drf/escape-html.ts'
import type { DjmongoauthSettings } from './settings.ts'

/** The mails of the door, and second the same for a registration that the original sends no mail about. */
export function mailStyles(settings: DjmongoauthSettings): readonly MailStyle[] {
  const write = (words: DjmongoauthMailWords) => (input: StyledMailInput) => render(words, settings, input)
  const style: MailStyle = {
    name: settings.name,
    mails: { 'verify-email': write(en.mails.verify), 'reset-password': write(en.mails.reset) },
    link: (input) => linkFrom(settings, input),
  }
  return [style, { ...style, name: quietStyleOf(settings), mails: { ...style.mails, 'verify-email': 'none' } }]
}

/** The style of a registration after which nobody has to confirm anything. */
export const quietStyleOf = ({ name }: Pick<DjmongoauthSettings, 'name'>): string => `${name}.registration`

/** Where a link leads, or `null` for the product's own page. */
function linkFrom({ frontEnd }: DjmongoauthSettings, { purpose, code }: LinkInput): string | null {
  if (frontEnd === null) return null
  if (purpose === 'verify-email') return `${frontEnd}/verify?a=${code}`
  return purpose === 'reset-password' ? `${frontEnd}/reset?a=${code}` : null
}

function render(
  words: DjmongoauthMailWords,
  { siteUrl }: DjmongoauthSettings,
  { recipient, userName, link, expiresAt }: StyledMailInput,
): RenderedMail {
  // Only who has proven the address is greeted with a name as it is: it could look like a link to a stranger.
  const username = recipient?.username ?? recipient?.email ?? null
  const before = [words.greeting(userName === null ? username && withoutLinks(username) : username)]
  before.push(words.reason(siteUrl), words.instruction)
  const after = [...(expiresAt === null ? [] : [words.expiry(asUtc(expiresAt))]), words.ending(siteUrl)]
  return {
    subject: words.subject(siteUrl),
    text: [...before, ...(link === null ? [] : [link]), ...after].join('\n\n').concat('\n'),
    html: htmlOf({ before, link, after }),
  }
}

/** A name holds nothing that mail programs take for a link but a dot or an at sign between letters. */
const withoutLinks = (name: string): string => name.replace(/[.@](?=\S)/g, '$& ')

/** `2021-09-12 02:04:21 UTC`. */
const asUtc = (moment: Date): string => `${moment.toISOString().slice(0, 19).replace('T', ' ')} UTC`

interface HtmlContent {
  readonly before: readonly string[]
  readonly link: string | null
  readonly after: readonly string[]
}

function htmlOf({ before, link, after }: HtmlContent): string {
  const target = link === null ? null : escapeHtml(link)
  const paragraphs = [
    ...before.map(escapeHtml),
    ...(target === null ? [] : [`<a href="${target}">${target}</a>`]),
    ...after.map(escapeHtml),
  ]
  return `<!doctype html>
<html lang="${en.language}">
<head><meta charset="utf-8"></head>
<body>
${paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n')}
</body>
</html>
`
}
