import type { LinkInput, MailStyle, RenderedMail, StyledMailInput } from '../../http/dialect.ts'
import { djoserCatalogues } from '../../messages/djoser/catalogues.ts'
import type { DjoserMailWords, LinkedMailWords } from '../../messages/djoser/djoser-messages.ts'
import { escapeHtml } from '../drf/escape-html.ts'
import { encodeUid } from '../drf/uid.ts'
import type { DjoserMailInput, MailSite } from './mail-template.ts'
import type { DjoserMail } from './options.ts'
import type { DjoserSettings } from './settings.ts'
import { djoserWords } from './words.ts'

/** The mails of 2.x: text and HTML with the same content. What is switched off is not sent. */
export function mailStyle(settings: DjoserSettings): MailStyle {
  const write = (name: DjoserMail) => (input: StyledMailInput) => {
    const context = mailContext(settings.frontend, input)
    return settings.mails[name]?.(context) ?? render(settings, name, context)
  }
  const only = (isOn: boolean, name: DjoserMail) => (isOn ? write(name) : 'none')
  return {
    name: settings.name,
    mails: {
      'verify-email': only(settings.sendActivationEmail, 'activation'),
      'account-activated': only(settings.sendConfirmationEmail, 'confirmation'),
      'reset-password': write('passwordReset'),
      'password-changed': only(settings.passwordChangedEmailConfirmation, 'passwordChanged'),
      'reset-username': write('usernameReset'),
      'username-changed': only(settings.usernameChangedEmailConfirmation, 'usernameChanged'),
    },
    link: (input) => linkFrom(settings, settings.frontend, input),
    loadLanguage: djoserCatalogues.load,
  }
}

/** Where a link leads, or `null` for the product's own page. */
export function linkFrom(settings: DjoserSettings, { protocol, domain }: MailSite, input: LinkInput): string | null {
  const template = templateFor(settings, input.purpose)
  if (template === null) return null
  const path = template.replace('{uid}', encodeUid(input.userId)).replace('{token}', input.code)
  return `${protocol}://${domain}/${path.replace(/^\/+/, '')}`
}

function templateFor(settings: DjoserSettings, purpose: LinkInput['purpose']): string | null {
  switch (purpose) {
    case 'verify-email':
      return settings.activationUrl
    case 'reset-password':
      return settings.passwordResetConfirmUrl
    case 'reset-username':
      return settings.usernameResetConfirmUrl
    default:
      return null
  }
}

/** What a template is given, with the site as the generation calls it. */
export function mailContext(site: MailSite, input: StyledMailInput): DjoserMailInput {
  const { language, recipient: user, code: token, link: url } = input
  const uid = token === null || user === null ? null : encodeUid(user.id)
  return { ...site, language, user, uid, token, url }
}

function render(settings: DjoserSettings, name: DjoserMail, input: DjoserMailInput): RenderedMail {
  const words = djoserWords(settings, input.language)
  // Also in the text, as the original has it: whoever reads it as HTML gets no markup.
  const siteName = escapeHtml(input.siteName)
  const mail = words.mails[name]
  const { url } = input
  const [before, after] = [
    [mail.reason(siteName), ...(hasLink(mail) ? [mail.instruction] : [])],
    [...usernameLine(name, input, words.mail.username), words.mail.thanks, words.mail.team(siteName)],
  ]
  const link = hasLink(mail) && url !== null ? url : null
  return {
    subject: mail.subject(siteName),
    text: [...before, ...(link === null ? [] : [link]), ...after].join('\n\n').concat('\n'),
    html: htmlOf({ language: words.language, before, link, after }),
  }
}

const hasLink = (mail: DjoserMailWords[DjoserMail]): mail is LinkedMailWords => 'instruction' in mail

const NAMES_THE_USER: ReadonlySet<DjoserMail> = new Set(['passwordReset', 'usernameReset'])

function usernameLine(
  name: DjoserMail,
  { user }: DjoserMailInput,
  sentence: (username: string) => string,
): readonly string[] {
  const username = user?.username ?? user?.email ?? null
  return NAMES_THE_USER.has(name) && username !== null ? [sentence(escapeHtml(username))] : []
}

interface HtmlContent {
  readonly language: string
  /** Paragraphs in which every value is escaped already. */
  readonly before: readonly string[]
  readonly link: string | null
  readonly after: readonly string[]
}

function htmlOf({ language, before, link, after }: HtmlContent): string {
  const target = link === null ? null : escapeHtml(link)
  const paragraphs = [...before, ...(target === null ? [] : [`<a href="${target}">${target}</a>`]), ...after]
  return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="auto">
<head><meta charset="utf-8"></head>
<body>
${paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n')}
</body>
</html>
`
}
