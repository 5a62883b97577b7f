import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { enqueueMailJob } from './enqueue-mail.ts'
import type { StartedLock } from './guess-slots.ts'

export interface Announced {
  /** What was typed; `null` where the user of a session was asked. */
  readonly identifier: string | null
  readonly user: User | null
  readonly locks: readonly StartedLock[]
}

/** Raises the events of the locks that a guess has started, and asks for the mail that unlocks. */
export async function announceLocks(ctx: CommandContext, { identifier, user, locks }: Announced): Promise<void> {
  const ofSource = locks.find(({ kind }) => kind === 'address')
  if (ofSource !== undefined) {
    const address = ctx.request.addressBucket
    ctx.emit('addressLockedOut', { address, until: ofSource.until }, ctx.request)
  }
  const others = locks.filter(({ kind }) => kind !== 'address')
  // The one that holds everywhere says more than one for a single source.
  const lock = others.find(({ isNarrow }) => !isNarrow) ?? others[0]
  if (lock === undefined) return
  ctx.emit('userLockedOut', { user, identifier, until: lock.until }, ctx.request)
  // A lock for one source does not keep the owner out, so there is nothing to tell.
  if (!lock.isNarrow) await mailOwner(ctx, { identifier, user, until: lock.until })
}

interface MailedLock extends Omit<Announced, 'locks'> {
  readonly until: Date | null
}

/** The same work for a name that nobody has: the outbox finds out that there is nobody to tell. */
async function mailOwner(ctx: CommandContext, { identifier, user, until }: MailedLock): Promise<void> {
  const to = user?.email ?? identifier
  if (to === null) return
  await enqueueMailJob(ctx, {
    kind: 'locked-out',
    to,
    userId: user?.id ?? null,
    sessionEpoch: null,
    isOwed: false,
    language: ctx.request.language,
    data: { until: until?.toISOString() ?? null },
  })
}
