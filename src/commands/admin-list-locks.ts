import type { LockInfo } from '../model/lock-key.ts'
import type { CommandContext } from './context.ts'
import { readLockPage } from './steps/read-locks.ts'
import { readPageLimit } from './steps/read-page.ts'
import { requireOperator } from './steps/require-operator.ts'
import { shownNames } from './steps/shown-names.ts'

export interface AdminListLocksInput {
  /** From 1 to 1000. @default 100 */
  readonly limit?: number
  /** The last one of the page before. @default the first page */
  readonly after?: Pick<LockInfo, 'id' | 'until'>
}

/** A lock that holds now, and whom it keeps out. */
export interface ListedLock extends LockInfo {
  /**
   * What they are called; an address is masked for operators who may not see users. `null` for a lock that is about nobody,
   * and for somebody who is gone.
   */
  readonly userName: string | null
}

/**
 * What is locked now, the longest lock first, each with the name of its user.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `validation_failed`
 */
export async function adminListLocks(ctx: CommandContext, input: AdminListLocksInput): Promise<readonly ListedLock[]> {
  const operator = await requireOperator(ctx, 'view_lock')
  const { after } = input
  const page = { limit: readPageLimit(input.limit ?? 100), ...(after === undefined ? {} : { after }) }
  const { locks } = await readLockPage(ctx, page)
  const names = await shownNames(
    ctx,
    operator,
    locks.map(({ userId }) => userId),
  )
  return locks.map((lock) => ({ ...lock, userName: names.get(String(lock.userId)) ?? null }))
}
