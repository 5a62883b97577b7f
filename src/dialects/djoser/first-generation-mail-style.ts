import type { MailStyle, RenderedMail, StyledMailInput } from '../../http/dialect.ts'
import type { DjoserMessages } from '../../messages/djoser/djoser-messages.ts'
import { plainPage } from '../drf/plain-page.ts'
import { firstGenerationWords } from './first-generation-words.ts'
import { linkFrom, mailContext } from './mail-style.ts'
import type { DjoserSettings } from './settings.ts'

/** The mails that 0.x knew. What only tells that something was done was not sent then. */
type OldMail = 'activation' | 'passwordReset'

/** Kept with mails that wait, so it never changes. */
export const firstGenerationMailStyleName = ({ name }: Pick<DjoserSettings, 'name'>): string => `${name}-0.x`

/** The mails of 0.x, in plain words. */
export function firstGenerationMailStyle(settings: DjoserSettings): MailStyle {
  const { djoser: words } = firstGenerationWords(settings)
  const write = (name: OldMail) => (input: StyledMailInput) =>
    settings.mails[name]?.(mailContext(settings.site, input)) ??
    plainMail(settings.site.siteName, words, { name, input })
  return {
    name: firstGenerationMailStyleName(settings),
    mails: {
      'verify-email': settings.sendActivationEmail ? write('activation') : 'none',
      'reset-password': write('passwordReset'),
      'password-changed': 'none',
      'username-changed': 'none',
    },
    link: (input) => linkFrom(settings, settings.site, input),
  }
}

interface PlainMail {
  readonly name: OldMail
  readonly input: StyledMailInput
}

/** A blank line, then each line with one behind it. Nothing in it is escaped: it is no HTML. */
function plainMail(siteName: string, { mails, mail }: DjoserMessages, { name, input }: PlainMail): RenderedMail {
  const { subject, reason, instruction } = mails[name]
  const { link, recipient } = input
  const username = recipient?.username ?? recipient?.email ?? null
  const lines = [
    reason(siteName),
    instruction,
    ...(link === null ? [] : [link]),
    ...(name === 'passwordReset' && username !== null ? [mail.username(username)] : []),
    mail.thanks,
    mail.team(siteName),
  ]
  return { subject: subject(siteName), text: `\n${lines.join('\n\n')}\n`, html: plainPage(lines) }
}
