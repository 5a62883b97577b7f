import type { Clock } from '../contracts/clock.ts'
import type { ActiveSession } from '../model/session.ts'

/** More than this are not remembered; the oldest go first. */
const MAX_ENTRIES = 10_000

/** Sessions that were found a moment ago, for access tokens that need not be checked each time. */
export interface RecentSessions {
  get(sessionId: string): ActiveSession | undefined
  set(sessionId: string, active: ActiveSession): void
  delete(sessionId: string): void
}

export function recentSessions(clock: Clock, lifetimeSeconds: number): RecentSessions {
  const entries = new Map<string, { readonly active: ActiveSession; readonly until: number }>()
  return {
    get(sessionId) {
      const entry = entries.get(sessionId)
      if (entry === undefined || entry.until <= clock.now().getTime()) return undefined
      return entry.active
    },
    set(sessionId, active) {
      entries.delete(sessionId)
      entries.set(sessionId, { active, until: clock.now().getTime() + lifetimeSeconds * 1000 })
      const [oldest] = entries.keys()
      if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest)
    },
    delete(sessionId) {
      entries.delete(sessionId)
    },
  }
}
