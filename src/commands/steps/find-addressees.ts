import { parseEmail } from '../../model/email-address.ts'
import { canonicalEmail } from '../../model/identifier.ts'
import type { MailJob, MailKind } from '../../model/mail.ts'
import { isActive, type User } from '../../model/user.ts'
import type { Engine } from '../context.ts'
import { holdsAddress } from './holds-address.ts'

/** Who gets a mail, and which: somebody without an account may get another one than was asked for. */
export interface Addressee {
  readonly kind: MailKind
  /** `null`: a user who is meant and has no address. */
  readonly to: string | null
  readonly user: User | null
}

/** What it takes to find out. */
type Known = Pick<Engine, 'store' | 'config'>

/** Of those who share an address so many get a mail that was asked for it, the oldest first. */
const MAX_SHARERS = 5

/** So many are looked at, because the mail is not for all of them. */
const MAX_LOOKED_AT = 25

/**
 * Finds out who gets a mail as things are now: nobody where nobody has the address, the user may not use what the mail
 * offers, or things have changed since it was asked for; several where several share an address that nobody has proven.
 */
export async function findAddressees(engine: Known, job: MailJob): Promise<readonly Addressee[]> {
  const users = await usersOf(engine, job)
  const found =
    users.length === 0
      ? [noticeOf(engine, job)]
      : await Promise.all(users.map((user) => addresseeFor(engine, job, user)))
  return found.filter((addressee) => addressee !== null).slice(0, MAX_SHARERS)
}

async function usersOf({ store, config }: Known, job: MailJob): Promise<readonly User[]> {
  if (job.userId !== null) {
    const user = await store.users.findById(job.userId)
    return user === null ? [] : [user]
  }
  const isUnique = config.user.emailUnique === 'always'
  const users = await store.users.findByIdentifier(canonicalEmail(job.to), ['email'], isUnique ? 1 : MAX_LOOKED_AT)
  const [first] = users
  if (isUnique || (first !== undefined && first.emailVerifiedAt !== null)) return users.slice(0, 1)
  const active = users.filter(isActive)
  // Whoever is let in has lost a password; the others have a registration to finish, and only where nobody is let in this ends it.
  return job.kind === 'reset-password' && active.length > 0 ? active : users
}

/** For an address that nobody has: a notice, where that was asked for, and only to a plain address. */
function noticeOf({ config }: Pick<Engine, 'config'>, job: MailJob): Addressee | null {
  const isWanted = job.kind === 'reset-password' && job.userId === null && config.mail.sendNoAccountNotice
  return isWanted && parseEmail(job.to).ok ? { kind: 'no-account', to: job.to, user: null } : null
}

async function addresseeFor(engine: Known, job: MailJob, user: User): Promise<Addressee | null> {
  if (user.status === 'disabled' || isLeftOut(job, user)) return null
  if (FOR_ACTIVE_USERS.has(job.kind) && !isActive(user)) return null
  if (job.kind === 'confirm-email-change') return confirmationOf(engine, job, user)
  if (job.kind === 'reset-username' && engine.config.user.username === 'none') return null
  const isToOldAddress = job.kind === 'email-changed'
  if (await isOwnedByAnother(engine, user, isToOldAddress ? job.to : user.email)) return null
  return isToOldAddress ? { kind: job.kind, to: job.to, user } : ownMailOf(job, user)
}

/** Nothing that these tell or offer is of use to anybody else. */
const FOR_ACTIVE_USERS: ReadonlySet<MailKind> = new Set(['locked-out', 'account-activated', 'reset-username'])

function isLeftOut({ onlyFor }: MailJob, { status, passwordHash }: User): boolean {
  if (onlyFor === 'active-even-without-password') return status !== 'active'
  return onlyFor !== null && (status !== onlyFor || passwordHash === null)
}

/** Somebody else has proven the address: whatever the mail says, it would come to a stranger. */
async function isOwnedByAnother({ store, config }: Known, { id }: User, address: string | null): Promise<boolean> {
  if (config.user.emailUnique === 'always' || address === null) return false
  const [first] = await store.users.findByIdentifier(canonicalEmail(address), ['email'], 1)
  return first !== undefined && first.id !== id && first.emailVerifiedAt !== null
}

/** Always to the stored address, never to the spelling that was typed (CVE-2019-19844). */
function ownMailOf({ kind }: MailJob, user: User): Addressee | null {
  return kind === 'verify-email' && user.emailVerifiedAt !== null ? null : { kind, to: user.email, user }
}

/**
 * Nothing where the password was replaced since: who asked for the change may not be who owns the account now. The owner
 * of an address that somebody has is told instead of asked, and the caller must not learn of it.
 */
async function confirmationOf(engine: Known, job: MailJob, user: User): Promise<Addressee | null> {
  if (job.sessionEpoch !== user.sessionEpoch) return null
  const owners = await engine.store.users.findByIdentifier(canonicalEmail(job.to), ['email'], 1)
  const owner = owners.find(({ id }) => id !== user.id)
  if (owner === undefined || !holdsAddress(engine, owner)) return { kind: job.kind, to: job.to, user }
  return owner.status === 'disabled' ? null : { kind: 'already-registered', to: owner.email, user: owner }
}
