import type { LockInfo } from '../model/lock-key.ts'
import type { CommandContext } from './context.ts'
import { readLockPage } from './steps/read-locks.ts'

export interface ListLocksInput {
  /** At most so many. */
  readonly limit: number
  /** The last one of the page before. @default none: the first page */
  readonly after?: Pick<LockInfo, 'id' | 'until'>
}

/**
 * What is locked now, the longest lock first. For operators; nobody's proof is asked.
 *
 * What was typed is not told: the store has only digests of it, so that nobody can read there what people mistyped.
 */
export async function listLocks(ctx: CommandContext, input: ListLocksInput): Promise<readonly LockInfo[]> {
  return (await readLockPage(ctx, input)).locks
}
