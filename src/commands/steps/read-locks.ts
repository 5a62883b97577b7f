import { type LockInfo, readLockKey } from '../../model/lock-key.ts'
import { NO_END } from '../../model/lockout.ts'
import type { Engine } from '../context.ts'

type LockEngine = Pick<Engine, 'throttles' | 'clock' | 'config'>

export interface LockPage {
  readonly limit: number
  /** The last one of the page before. */
  readonly after?: Pick<LockInfo, 'id' | 'until'>
}

export interface FoundLocks {
  readonly locks: readonly LockInfo[]
  /** Behind which lock the next page begins; `null`: this is the last one. */
  readonly next: Pick<LockInfo, 'id' | 'until'> | null
}

/** What is locked now, the longest lock first. */
export async function readLockPage(engine: LockEngine, { limit, after }: LockPage): Promise<FoundLocks> {
  const behind = after && { key: after.id, lockedUntil: after.until ?? new Date(NO_END) }
  const found = await engine.throttles.listLocked(engine.clock.now(), limit, behind)
  const read = found.map(({ key, lockedUntil }) => ({
    id: key,
    until: lockedUntil.getTime() >= NO_END ? null : lockedUntil,
    subject: readLockKey(key, engine.config.ids),
  }))
  // A key that is none of the lockout is left out of the page, and is no end of the list.
  const locks = read.flatMap(({ id, until, subject }) => (subject === null ? [] : [{ id, ...subject, until }]))
  return { locks, next: found.length < limit ? null : (read.at(-1) ?? null) }
}

/** All of them, page by page, so that no number of locks fills the memory. */
export async function* readLocks(engine: LockEngine, limit: number): AsyncGenerator<readonly LockInfo[]> {
  let page = await readLockPage(engine, { limit })
  yield page.locks
  while (page.next !== null) {
    page = await readLockPage(engine, { limit, after: page.next })
    yield page.locks
  }
}
