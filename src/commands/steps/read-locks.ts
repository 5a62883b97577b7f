import { type LockInfo, readLockKey } from '../../model/lock-key.ts'
import { NO_END } from '../../model/lockout.ts'
import type { Engine } from '../context.ts'

type LockEngine = Pick<Engine, 'throttles' | 'clock' | 'config'>

export interface LockPage {
  readonly limit: number
  /** The last one of the page before. */
  readonly after?: Pick<LockInfo, 'id' | 'until'>
}

/** What is locked now, the longest lock first. */
export async function readLockPage(engine: LockEngine, { limit, after }: LockPage): Promise<readonly LockInfo[]> {
  const last = after && { key: after.id, lockedUntil: after.until ?? new Date(NO_END) }
  const found = await engine.throttles.listLocked(engine.clock.now(), limit, last)
  return found.flatMap(({ key, lockedUntil }) => {
    const subject = readLockKey(key, engine.config.ids)
    if (subject === null) return []
    return [{ id: key, ...subject, until: lockedUntil.getTime() >= NO_END ? null : lockedUntil }]
  })
}

/** All of them, page by page, so that no number of locks fills the memory. */
export async function* readLocks(engine: LockEngine, limit: number): AsyncGenerator<readonly LockInfo[]> {
  let page = await readLockPage(engine, { limit })
  for (;;) {
    yield page
    const last = page.at(-1)
    if (last === undefined || page.length < limit) return
    page = await readLockPage(engine, { limit, after: last })
  }
}
