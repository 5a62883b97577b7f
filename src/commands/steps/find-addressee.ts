import { parseEmail } from '../../model/email-address.ts'
import { canonicalEmail } from '../../model/identifier.ts'
import type { MailJob, MailKind } from '../../model/mail.ts'
import { isActive, isUnconfirmed, type User } from '../../model/user.ts'
import type { Engine } from '../context.ts'

/** Who gets a mail, and which: somebody without an account may get another one than was asked for. */
export interface Addressee {
  readonly kind: MailKind
  /** `null`: a user who is meant and has no address. */
  readonly to: string | null
  readonly user: User | null
}

/**
 * Finds out who gets a mail as things are now. `null` where nobody has the address, the user may not use what the mail
 * offers, or things have changed since it was asked for.
 */
export async function findAddressee(engine: Pick<Engine, 'store' | 'config'>, job: MailJob): Promise<Addressee | null> {
  const user = await userOf(engine, job)
  if (user === null) return noticeOf(engine, job)
  if (user.status === 'disabled' || isLeftOut(job, user)) return null
  if (FOR_ACTIVE_USERS.has(job.kind) && !isActive(user)) return null
  if (job.kind === 'confirm-email-change') return confirmationOf(engine, job, user)
  if (job.kind === 'email-changed') return { kind: job.kind, to: job.to, user }
  if (job.kind === 'reset-username' && engine.config.user.username === 'none') return null
  return ownMailOf(job, user)
}

/** Nothing that these tell or offer is of use to anybody else. */
const FOR_ACTIVE_USERS: ReadonlySet<MailKind> = new Set(['locked-out', 'account-activated', 'reset-username'])

function isLeftOut({ onlyFor }: MailJob, { status, passwordHash }: User): boolean {
  if (onlyFor === 'active-even-without-password') return status !== 'active'
  return onlyFor !== null && (status !== onlyFor || passwordHash === null)
}

/** Always to the stored address, never to the spelling that was typed (CVE-2019-19844). */
function ownMailOf({ kind }: MailJob, user: User): Addressee | null {
  return kind === 'verify-email' && user.emailVerifiedAt !== null ? null : { kind, to: user.email, user }
}

/** For an address that nobody has: a notice, where that was asked for, and only to a plain address. */
function noticeOf({ config }: Pick<Engine, 'config'>, job: MailJob): Addressee | null {
  const isWanted = job.kind === 'reset-password' && job.userId === null && config.mail.sendNoAccountNotice
  return isWanted && parseEmail(job.to).ok ? { kind: 'no-account', to: job.to, user: null } : null
}

function userOf({ store }: Pick<Engine, 'store'>, job: MailJob): Promise<User | null> {
  if (job.userId !== null) return store.users.findById(job.userId)
  return store.users.findByIdentifier(canonicalEmail(job.to), ['email'], 1).then(([user = null]) => user)
}

/**
 * Nothing where the password was replaced since: who asked for the change may not be who owns the account now. The owner
 * of an address that somebody has is told instead of asked, and the caller must not learn of it.
 */
async function confirmationOf({ store }: Pick<Engine, 'store'>, job: MailJob, user: User): Promise<Addressee | null> {
  if (job.sessionEpoch !== user.sessionEpoch) return null
  const owners = await store.users.findByIdentifier(canonicalEmail(job.to), ['email'], 1)
  const owner = owners.find(({ id }) => id !== user.id)
  if (owner === undefined || isUnconfirmed(owner)) return { kind: job.kind, to: job.to, user }
  return owner.status === 'disabled' ? null : { kind: 'already-registered', to: owner.email, user: owner }
}
