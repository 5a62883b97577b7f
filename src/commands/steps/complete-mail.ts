import type { LinkTemplates } from '../../config/options.ts'
import type { MailStyle } from '../../contracts/mail-style.ts'
import type { MailedPurpose } from '../../model/code.ts'
import type { Mail, MailJob, MailKind } from '../../model/mail.ts'
import type { User } from '../../model/user.ts'
import { toBase64Url } from '../../util/base64url.ts'
import { sha256 } from '../../util/secrets.ts'
import type { Engine } from '../context.ts'
import { fetchLanguage } from './fetch-language.ts'
import type { Addressee } from './find-addressees.ts'
import { CODE_BYTES, type CodePayload } from './find-code.ts'
import { isWithinMailBudget } from './mail-budget.ts'

/** Who gets the mail of a job, and the handle that all tries of it have. */
interface Completion {
  readonly addressee: Addressee
  readonly messageId: string
}

/**
 * Turns a job into the mail that leaves: makes the live code, writes the words.
 *
 * `null` where nothing is to be sent, because the user has no address, the style has no such mail, or the address has had
 * enough. The code exists in the mail alone; the store gets its digest.
 */
export async function completeMail(
  engine: Engine,
  job: MailJob,
  { addressee, messageId }: Completion,
): Promise<Mail | null> {
  const style = (job.style === null ? undefined : engine.mailStyles.get(job.style)) ?? null
  const { kind, to, user } = addressee
  if (to === null || !isSent(style, kind)) return null
  if (!job.isOwed && !(await isWithinMailBudget(engine, kind, to))) return null
  if (kind === 'reset-password' && user !== null) engine.emit('passwordResetRequested', { user }, null)
  const sessionEpoch = job.sessionEpoch ?? user?.sessionEpoch ?? 0
  const made = user === null ? null : await makeLink(engine, { kind, to, user, sessionEpoch, style })
  const { language, data } = job
  await fetchLanguage(engine, style, language)
  const rendered = engine.renderMail(kind, { ...(made ?? NO_LINK), to, user, language, data, style })
  return { ...rendered, from: engine.config.mail.from, to, language, messageId }
}

/** The product has no words for an activation that nobody need be told of. */
function isSent(style: MailStyle | null, kind: MailKind): boolean {
  const words = style?.mails[kind]
  return words === undefined ? kind !== 'account-activated' : words !== 'none'
}

const NO_LINK = { link: null, code: null, expiresAt: null } as const

/** What each mail's link does; the others have none. */
const LINKS: { readonly [K in MailKind]?: { readonly purpose: MailedPurpose; readonly link: keyof LinkTemplates } } = {
  'verify-email': { purpose: 'verify-email', link: 'verifyEmail' },
  'reset-password': { purpose: 'reset-password', link: 'resetPassword' },
  // Whoever chooses the first password chooses a new one: there is none to know.
  invitation: { purpose: 'reset-password', link: 'resetPassword' },
  'reset-username': { purpose: 'reset-username', link: 'resetUsername' },
  'confirm-email-change': { purpose: 'change-email', link: 'changeEmail' },
  'email-change-requested': { purpose: 'cancel-email-change', link: 'cancelEmailChange' },
  'email-changed': { purpose: 'cancel-email-change', link: 'cancelEmailChange' },
  'locked-out': { purpose: 'unlock', link: 'unlock' },
}

interface Addressed extends Addressee {
  readonly to: string
  readonly user: User
  readonly sessionEpoch: number
  readonly style: MailStyle | null
}

async function makeLink(
  engine: Engine,
  { kind, to, user, sessionEpoch, style }: Addressed,
): Promise<{ readonly link: string; readonly code: string; readonly expiresAt: Date } | null> {
  const offered = LINKS[kind]
  if (offered === undefined) return null
  const { purpose, link } = offered
  const code = toBase64Url(engine.random.bytes(CODE_BYTES))
  const createdAt = engine.clock.now()
  const expiresAt = new Date(createdAt.getTime() + lifetimeSeconds(engine, kind, purpose) * 1000)
  const payload = { address: to, sessionEpoch } satisfies CodePayload
  await engine.store.codes.insert({ digest: sha256(code), purpose, userId: user.id, payload, createdAt, expiresAt })
  const { id: userId, username } = user
  const own = style?.link({ purpose, code, userId, username, email: to, issuedAt: createdAt }) ?? null
  return { link: own ?? engine.config.mail.links[link].replace('{code}', code), code, expiresAt }
}

function lifetimeSeconds({ config: { codes } }: Engine, kind: MailKind, purpose: MailedPurpose): number {
  // Nobody waits for it, and there is no password yet that it could take away.
  if (kind === 'invitation') return codes.invitationSeconds
  const seconds: Record<MailedPurpose, number> = {
    'verify-email': codes.verifyEmailSeconds,
    'reset-password': codes.resetPasswordSeconds,
    'reset-username': codes.resetPasswordSeconds,
    'change-email': codes.changeEmailSeconds,
    'cancel-email-change': codes.changeEmailSeconds,
    unlock: codes.unlockSeconds,
  }
  return seconds[purpose]
}
