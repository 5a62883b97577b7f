import { IDENTIFIER_KEY_PREFIX } from '../model/lock-key.ts'
import type { CommandContext } from './context.ts'

/** Rows deleted by one statement, so that no lock is held long. */
const BATCH = 1000

const DAY_MILLISECONDS = 86_400_000

/** So long an expired link is told from one that never was. */
const EXPIRED_CODES_DAYS = 7

/** How many rows went, by what they were. */
export interface CleanUpResult {
  readonly sessions: number
  readonly codes: number
  readonly attempts: number
  readonly pendingUsers: number
  readonly mails: number
  readonly throttles: number
  readonly auditEntries: number
  readonly addressRules: number
}

/** Deletes what has expired and what the retention no longer keeps. */
export async function cleanUp(
  ctx: Pick<CommandContext, 'store' | 'throttles' | 'config' | 'clock'>,
): Promise<CleanUpResult> {
  const { store, config } = ctx
  const now = ctx.clock.now()
  const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY_MILLISECONDS)
  const { attemptsDays, pendingUsersDays, maxUnknownIdentifiers, auditDays } = config.retention
  return {
    sessions: await inBatches((limit) => store.sessions.deleteExpired(now, limit)),
    codes: await inBatches((limit) => store.codes.deleteExpired(daysAgo(EXPIRED_CODES_DAYS), limit)),
    attempts: await inBatches((limit) => store.attempts.deleteBefore(daysAgo(attemptsDays), limit)),
    pendingUsers: await inBatches((limit) => store.users.deletePendingBefore(daysAgo(pendingUsersDays), limit)),
    mails: await inBatches((limit) => store.outbox.deleteSentBefore(daysAgo(1), limit)),
    throttles: await ctx.throttles.purge(now, {
      cappedPrefix: IDENTIFIER_KEY_PREFIX,
      maxEntries: maxUnknownIdentifiers,
    }),
    auditEntries: await inBatches((limit) => store.audit.deleteBefore(daysAgo(auditDays), limit)),
    addressRules: await inBatches((limit) => store.addressRules.deleteExpired(now, limit)),
  }
}

async function inBatches(deleteSome: (limit: number) => Promise<number>): Promise<number> {
  let total = 0
  for (;;) {
    const deleted = await deleteSome(BATCH)
    total += deleted
    if (deleted < BATCH) return total
  }
}
