import type { MailStyle, RenderedMail, StyledMailInput } from '../../http/dialect.ts'
import { restRegistrationCatalogues, restRegistrationMessagesFor } from '../../messages/rest-registration/catalogues.ts'
import { plainPage } from '../drf/plain-page.ts'
import { htmlToText } from './html-to-text.ts'
import type { MailContext, MailTemplates, VerificationMail } from './mail-template.ts'
import type { RestRegistrationSettings } from './settings.ts'
import { signedLink } from './signed-link.ts'

/**
 * The mails that the original sends. The others are the product's own: an owner is told of what a thief would do, such as
 * a new password, which the original keeps to itself.
 */
export function mailStyle(settings: RestRegistrationSettings): MailStyle {
  const write = (mail: VerificationMail) => (input: StyledMailInput) => ({
    ...render(settings, contextOf(settings, mail, input)),
    replyTo: settings.verificationReplyToEmail ?? settings.sender,
  })
  return {
    name: settings.name,
    mails: {
      'verify-email': settings.registerVerificationEnabled ? write('register') : 'none',
      'reset-password': write('resetPassword'),
      'confirm-email-change': write('registerEmail'),
      'already-registered': write('registerEmailTaken'),
    },
    link: (input) => signedLink(settings, input),
    loadLanguage: restRegistrationCatalogues.load,
  }
}

/** A context as templates get it, with what the site has added. */
type FullContext = MailContext & Readonly<Record<string, unknown>>

function contextOf(
  { verificationTemplateContextBuilder: addTo }: RestRegistrationSettings,
  mail: VerificationMail,
  { language, siteName, recipient: user, to: email, link: verificationUrl }: StyledMailInput,
): FullContext {
  const context: MailContext = { mail, language, siteName, user, email, verificationUrl }
  return { ...addTo?.(context), ...context }
}

type Written = Pick<RenderedMail, 'subject' | 'text' | 'html'>

function render(settings: RestRegistrationSettings, context: FullContext): Written {
  const templates = settings.verificationTemplatesSelector?.(context.mail) ?? templatesFor(settings, context.mail)
  const parts = templates === null ? null : partsOf(settings, templates, context)
  return parts === null || templates === null
    ? builtIn(context)
    : { subject: templates.subject(context), text: parts.text, html: parts.html }
}

const templatesFor = ({ templates }: RestRegistrationSettings, mail: VerificationMail): MailTemplates | null =>
  mail === 'registerEmailTaken' ? null : templates[mail]

/** Both parts, one made of the other where a site has written only that; `null` where it has written none. */
function partsOf(
  { verificationEmailHtmlToTextConverter: toText }: RestRegistrationSettings,
  { body, isHtml = false, textBody, htmlBody }: MailTemplates,
  context: FullContext,
): Pick<Written, 'text' | 'html'> | null {
  const html = (htmlBody ?? (isHtml ? body : undefined))?.(context)
  const text = (textBody ?? (isHtml ? undefined : body))?.(context)
  if (html !== undefined) return { html, text: text ?? (toText ?? htmlToText)(html) }
  return text === undefined ? null : { text, html: plainPage(text.split('\n').filter((line) => line.trim() !== '')) }
}

/** A blank line between any two, and nothing escaped: it is no HTML. */
function builtIn({ mail, language, siteName, email, verificationUrl }: MailContext): Written {
  const { subject, reason, instruction } = restRegistrationMessagesFor(language).mails[mail]
  const hasLink = verificationUrl !== null && mail !== 'registerEmailTaken'
  const lines = [reason(siteName, email), instruction, ...(hasLink ? [verificationUrl] : [])]
  return { subject, text: `${lines.join('\n\n')}\n`, html: plainPage(lines) }
}
