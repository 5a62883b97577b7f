import type { LinkInput, MailStyle, RenderedMail, StyledMailInput } from '../../http/dialect.ts'
import { restAuthCatalogues } from '../../messages/rest-auth/catalogues.ts'
import { plainPage } from '../drf/plain-page.ts'
import type { RestAuthMailInput } from './mail-template.ts'
import type { RestAuthMail } from './options.ts'
import type { RestAuthSettings } from './settings.ts'
import { uidCodec } from './uid-codec.ts'
import { doorWords, said } from './words.ts'

/**
 * The mails that the originals send, as text. The others are the product's own: an owner is told of what a thief would
 * do, such as a new password, which the originals keep to themselves.
 */
export function mailStyle(settings: RestAuthSettings): MailStyle {
  const write = (name: RestAuthMail) => (input: StyledMailInput) => {
    const mail = mailInput(settings, name, input)
    return settings.mails[name]?.(mail) ?? render(settings, name, mail)
  }
  return {
    name: settings.name,
    mails: {
      'verify-email': settings.emailVerification === 'none' ? 'none' : write('confirmEmail'),
      'already-registered': write('accountExists'),
      'reset-password': write('passwordReset'),
    },
    link: (input) => linkFrom(settings, input),
    loadLanguage: restAuthCatalogues.load,
  }
}

/** Where a link leads, or `null` for the product's own page. */
function linkFrom(settings: RestAuthSettings, { purpose, code, userId }: LinkInput): string | null {
  const { links } = settings
  switch (purpose) {
    case 'verify-email':
      return links.confirmEmail?.replace('{key}', code) ?? null
    case 'reset-password':
      return links.passwordReset?.replace('{uid}', uidCodec(settings).encode(userId)).replace('{token}', code) ?? null
    default:
      return null
  }
}

function mailInput(
  { mail: { siteName, domain }, links }: RestAuthSettings,
  name: RestAuthMail,
  { language, recipient: user, link }: StyledMailInput,
): RestAuthMailInput {
  // Nobody has asked for a code here: the mail can only lead to where one is asked for.
  return { language, siteName, domain, user, url: name === 'accountExists' ? links.site : link }
}

/** A blank line between any two, and nothing escaped: it is no HTML. */
function render(settings: RestAuthSettings, name: RestAuthMail, input: RestAuthMailInput): RenderedMail {
  const { siteName, url } = input
  const { mails } = doorWords(settings, input.language)
  const { subject, reason, instruction } = mails[name]
  const username = name === 'passwordReset' ? shownUsername(settings, input) : null
  const lines = [
    reason(siteName),
    ...(url === null ? [] : [instruction, url]),
    ...(username === null ? [] : [mails.passwordReset.username(username)]),
    mails.thanks(siteName),
  ]
  return {
    subject: withPrefix(settings, said(settings, subject)(siteName)),
    text: `${lines.join('\n\n')}\n`,
    html: plainPage(lines),
  }
}

/** For whoever has forgotten that, too; the newer generation leaves it out where addresses alone log in. */
function shownUsername({ generation, loginMethods }: RestAuthSettings, { user }: RestAuthMailInput): string | null {
  const isTold = generation === '0.9' || loginMethods.includes('username')
  return isTold ? (user?.username ?? null) : null
}

function withPrefix({ mail: { siteName, subjectPrefix } }: RestAuthSettings, subject: string): string {
  const usual = `[${siteName}] `
  if (subjectPrefix === null || !subject.startsWith(usual)) return subject
  return subjectPrefix + subject.slice(usual.length)
}
