import type { AttemptCounts } from '../contracts/figure-store.ts'
import type { Counted } from '../contracts/user-list-store.ts'
import type { UserStatus } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { readLockPage } from './steps/read-locks.ts'
import { hasRight, type OperatorRight, requireStaff } from './steps/require-operator.ts'

/** Figures for the first page; `null` is what this operator may not see. */
export interface Overview {
  readonly users: (Readonly<Record<UserStatus, Counted>> & { readonly staff: Counted }) | null
  /** The last fortnight, the oldest day first, in UTC; the last one has not ended. */
  readonly registrations: readonly { readonly day: Date; readonly count: Counted }[] | null
  readonly liveSessions: Counted | null
  /** Since midnight UTC. */
  readonly attemptsToday: AttemptCounts | null
  readonly locks: Counted | null
  readonly waitingMails: Counted | null
}

/** Beyond this it is told that there are more: no figure costs more than reading so many rows of an index. */
const MAX = 10_000

const MAX_LOCKS = 1000

const DAYS = 14

const DAY_MILLISECONDS = 86_400_000

/**
 * What an operator looks at first, as far as they may see it.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`
 */
export async function adminOverview(ctx: CommandContext): Promise<Overview> {
  const operator = requireStaff(ctx)
  const { store } = ctx
  const now = ctx.clock.now()
  const today = new Date(Math.floor(now.getTime() / DAY_MILLISECONDS) * DAY_MILLISECONDS)
  const where = async <T>(right: OperatorRight, figure: () => Promise<T>): Promise<T | null> =>
    (await hasRight(ctx, operator, right)) ? figure() : null
  return {
    users: await where('view_user', () => countUsers(ctx)),
    registrations: await where('view_user', () => countRegistrations(ctx, today)),
    liveSessions: await where('view_session', () => store.figures.liveSessions(now, MAX)),
    attemptsToday: await where('view_attempt', () =>
      store.figures.attempts({ since: today, until: new Date(today.getTime() + DAY_MILLISECONDS) }, MAX),
    ),
    locks: await where('view_lock', () => countLocks(ctx)),
    waitingMails: await where('view_mail', () => store.figures.waitingMails(MAX)),
  }
}

async function countUsers({ store: { userLists } }: CommandContext): Promise<NonNullable<Overview['users']>> {
  return {
    active: await userLists.countUpTo({ status: 'active' }, MAX),
    pending: await userLists.countUpTo({ status: 'pending' }, MAX),
    disabled: await userLists.countUpTo({ status: 'disabled' }, MAX),
    staff: await userLists.countUpTo({ isStaff: true }, MAX),
  }
}

async function countRegistrations(
  { store }: CommandContext,
  today: Date,
): Promise<NonNullable<Overview['registrations']>> {
  const days: { readonly day: Date; readonly count: Counted }[] = []
  for (let back = DAYS - 1; back >= 0; back -= 1) {
    const day = new Date(today.getTime() - back * DAY_MILLISECONDS)
    const conditions = { joinedSince: day, joinedUntil: new Date(day.getTime() + DAY_MILLISECONDS) }
    days.push({ day, count: await store.userLists.countUpTo(conditions, MAX) })
  }
  return days
}

async function countLocks(ctx: CommandContext): Promise<Counted> {
  const { locks } = await readLockPage(ctx, { limit: MAX_LOCKS })
  return { count: locks.length, isExact: locks.length < MAX_LOCKS }
}
