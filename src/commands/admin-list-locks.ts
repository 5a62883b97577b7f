import { type Account, toAccount } from '../model/account.ts'
import type { LockInfo } from '../model/lock-key.ts'
import type { CommandContext } from './context.ts'
import { readLockPage } from './steps/read-locks.ts'
import { readPageLimit } from './steps/read-page.ts'
import { requireOperator } from './steps/require-operator.ts'
import { usersById } from './steps/users-by-id.ts'

export interface AdminListLocksInput {
  /** From 1 to 1000. @default 100 */
  readonly limit?: number
  /** The last one of the page before. @default the first page */
  readonly after?: Pick<LockInfo, 'id' | 'until'>
}

/** A lock that holds now, and whom it keeps out. */
export interface ListedLock extends LockInfo {
  /** `null` for a lock that is about nobody, and for somebody who is gone. */
  readonly user: Account | null
}

/**
 * What is locked now, the longest lock first, each with its user.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `validation_failed`
 */
export async function adminListLocks(ctx: CommandContext, input: AdminListLocksInput): Promise<readonly ListedLock[]> {
  await requireOperator(ctx, 'view_lock')
  const { after } = input
  const page = { limit: readPageLimit(input.limit ?? 100), ...(after === undefined ? {} : { after }) }
  const { locks } = await readLockPage(ctx, page)
  const users = await usersById(
    ctx,
    locks.map(({ userId }) => userId),
  )
  return locks.map((lock) => {
    const user = users.get(String(lock.userId))
    return { ...lock, user: user === undefined ? null : toAccount(user) }
  })
}
