import type { Clock } from '../../contracts/clock.ts'
import type { SessionStore } from '../../contracts/store.ts'
import { endsByDisuse, type Session } from '../../model/session.ts'

/** A use younger than this is not worth a write. */
const COARSE_MILLISECONDS = 60_000

/** Gathers the last uses of sessions, so that reading a session never costs a write. */
export interface LastUseBuffer {
  /** Notes that the session was used now. */
  note(session: Session): void
  /** Writes what was gathered, as one step. */
  flush(): Promise<void>
}

export function createLastUseBuffer(
  sessions: Pick<SessionStore, 'touch'>,
  options: { readonly clock: Clock; readonly idleMilliseconds: number },
): LastUseBuffer {
  let uses = new Map<string, { id: string; lastUsedAt: Date; idleExpiresAt: Date }>()
  const idleEnd = (session: Session, now: Date): Date => {
    if (!endsByDisuse(session)) return session.idleExpiresAt
    return new Date(Math.min(now.getTime() + options.idleMilliseconds, session.expiresAt.getTime()))
  }
  return {
    note(session) {
      const now = options.clock.now()
      if (now.getTime() - session.lastUsedAt.getTime() < COARSE_MILLISECONDS || uses.has(session.id)) return
      uses.set(session.id, { id: session.id, lastUsedAt: now, idleExpiresAt: idleEnd(session, now) })
    },
    async flush() {
      if (uses.size === 0) return
      const gathered = uses
      uses = new Map()
      try {
        await sessions.touch([...gathered.values()])
      } catch (error) {
        // Kept for the next flush: a use that is written late is better than a session that ends early.
        for (const [id, use] of gathered) if (!uses.has(id)) uses.set(id, use)
        throw error
      }
    },
  }
}
