import type { LinkTemplates } from '../../config/options.ts'
import type { CodePurpose } from '../../model/code.ts'
import { parseEmail } from '../../model/email-address.ts'
import { canonicalEmail } from '../../model/identifier.ts'
import type { Mail, MailJob, MailKind } from '../../model/mail.ts'
import type { User } from '../../model/user.ts'
import { toBase64Url } from '../../util/base64url.ts'
import { sha256 } from '../../util/secrets.ts'
import type { Engine } from '../context.ts'
import { CODE_BYTES, type CodePayload } from './find-code.ts'
import { isWithinMailBudget } from './mail-budget.ts'

/**
 * Turns a job into the mail that leaves: finds out who it is about now, makes the live code, writes the words.
 *
 * `null` where nothing is to be sent, because nobody has the address, the user may not use what the mail offers, the
 * address has had enough, or things have changed since. The code exists in the mail alone; the store gets its digest.
 */
export async function completeMail(engine: Engine, job: MailJob, messageId: string): Promise<Mail | null> {
  const addressee = await addresseeOf(engine, job)
  if (addressee === null) return null
  const { kind, to, user } = addressee
  if (!job.isOwed && !(await isWithinMailBudget(engine, kind, to))) return null
  if (kind === 'reset-password' && user !== null) engine.emit('passwordResetRequested', { user }, null)
  const sessionEpoch = job.sessionEpoch ?? user?.sessionEpoch ?? 0
  const made = user === null ? null : await makeLink(engine, { kind, to, user, sessionEpoch })
  const facts = {
    user,
    language: job.language,
    link: made?.link ?? null,
    expiresAt: made?.expiresAt ?? null,
    data: job.data,
  }
  const rendered = engine.renderMail(kind, facts)
  return { ...rendered, from: engine.config.mail.from, to, language: job.language, messageId }
}

interface Addressee {
  readonly kind: MailKind
  readonly to: string
  readonly user: User | null
}

async function addresseeOf(engine: Engine, job: MailJob): Promise<Addressee | null> {
  const user = await userOf(engine, job)
  if (user === null) return noticeOf(engine, job)
  if (user.status === 'disabled') return null
  if (job.kind === 'locked-out' && user.status !== 'active') return null
  if (job.kind === 'confirm-email-change') return confirmationOf(engine, job, user)
  if (job.kind === 'email-changed') return { kind: job.kind, to: job.to, user }
  return user.email === null ? null : ownMailOf(job, user, user.email)
}

/** Always to the stored address, never to the spelling that was typed (CVE-2019-19844). */
function ownMailOf({ kind }: MailJob, user: User, to: string): Addressee | null {
  return kind === 'verify-email' && user.emailVerifiedAt !== null ? null : { kind, to, user }
}

/** For an address that nobody has: a notice, where that was asked for, and only to a plain address. */
function noticeOf(engine: Engine, job: MailJob): Addressee | null {
  const isWanted = job.kind === 'reset-password' && job.userId === null && engine.config.mail.sendNoAccountNotice
  return isWanted && parseEmail(job.to).ok ? { kind: 'no-account', to: job.to, user: null } : null
}

function userOf(engine: Engine, job: MailJob): Promise<User | null> {
  if (job.userId !== null) return engine.store.users.findById(job.userId)
  return engine.store.users.findByIdentifier(canonicalEmail(job.to), ['email'], 1).then(([user = null]) => user)
}

/**
 * Nothing where the password was replaced since: who asked for the change may not be who owns the account now. And
 * nothing to an address that somebody has: its owner did not ask, and the caller must not learn of it.
 */
async function confirmationOf(engine: Engine, job: MailJob, user: User): Promise<Addressee | null> {
  if (job.sessionEpoch !== user.sessionEpoch) return null
  const owners = await engine.store.users.findByIdentifier(canonicalEmail(job.to), ['email'], 1)
  const isTaken = owners.some((owner) => owner.id !== user.id && owner.status !== 'pending')
  return isTaken ? null : { kind: job.kind, to: job.to, user }
}

/** What each mail's link does; the others have none. */
const LINKS: { readonly [K in MailKind]?: { readonly purpose: CodePurpose; readonly link: keyof LinkTemplates } } = {
  'verify-email': { purpose: 'verify-email', link: 'verifyEmail' },
  'reset-password': { purpose: 'reset-password', link: 'resetPassword' },
  'confirm-email-change': { purpose: 'change-email', link: 'changeEmail' },
  'email-change-requested': { purpose: 'cancel-email-change', link: 'cancelEmailChange' },
  'email-changed': { purpose: 'cancel-email-change', link: 'cancelEmailChange' },
  'locked-out': { purpose: 'unlock', link: 'unlock' },
}

interface Addressed extends Addressee {
  readonly user: User
  readonly sessionEpoch: number
}

async function makeLink(
  engine: Engine,
  { kind, to, user, sessionEpoch }: Addressed,
): Promise<{ readonly link: string; readonly expiresAt: Date } | null> {
  const offered = LINKS[kind]
  if (offered === undefined) return null
  const { purpose, link } = offered
  const code = toBase64Url(engine.random.bytes(CODE_BYTES))
  const createdAt = engine.clock.now()
  const expiresAt = new Date(createdAt.getTime() + lifetimeSeconds(engine, purpose) * 1000)
  const payload = { address: to, sessionEpoch } satisfies CodePayload
  await engine.store.codes.insert({ digest: sha256(code), purpose, userId: user.id, payload, createdAt, expiresAt })
  return { link: engine.config.mail.links[link].replace('{code}', code), expiresAt }
}

function lifetimeSeconds({ config: { codes } }: Engine, purpose: CodePurpose): number {
  const seconds: Record<CodePurpose, number> = {
    'verify-email': codes.verifyEmailSeconds,
    'reset-password': codes.resetPasswordSeconds,
    'change-email': codes.changeEmailSeconds,
    'cancel-email-change': codes.changeEmailSeconds,
    unlock: codes.unlockSeconds,
  }
  return seconds[purpose]
}
