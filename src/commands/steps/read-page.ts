import type { UserId } from '../../model/user.ts'
import { readUserId } from '../../model/user-id.ts'
import type { CommandContext } from '../context.ts'
import { refuseField } from './input.ts'

/** Rows of one page at most; whoever wants more asks again with the last id. */
const MAX_LIMIT = 1000

/**
 * Where a page begins and how long it is, as stores take it; `afterId` is the id of the last row of the page before.
 *
 * @throws {AuthError} `validation_failed`
 */
export function readPage(
  { config: { ids } }: Pick<CommandContext, 'config'>,
  { afterId, limit }: { readonly afterId?: unknown; readonly limit: unknown },
): { readonly after: UserId | null; readonly limit: number } {
  const isFirst = afterId === undefined || afterId === null
  const after = isFirst ? null : readUserId(afterId, ids)
  if (!isFirst && after === null) throw refuseField('afterId', ids === 'integer' ? 'not_number' : 'not_a_choice')
  return { after, limit: readPageLimit(limit) }
}

/** How many rows a page has. @throws {AuthError} `validation_failed` */
export function readPageLimit(limit: unknown): number {
  if (typeof limit !== 'number' || !Number.isInteger(limit)) throw refuseField('limit', 'not_number')
  if (limit < 1) throw refuseField('limit', 'too_small', { min: 1 })
  if (limit > MAX_LIMIT) throw refuseField('limit', 'too_large', { max: MAX_LIMIT })
  return limit
}
