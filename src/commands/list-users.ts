import { AuthError } from '../errors.ts'
import type { User, UserId } from '../model/user.ts'
import { readUserId } from '../model/user-id.ts'
import type { CommandContext } from './context.ts'
import { refuseField } from './steps/input.ts'
import { requireActor } from './steps/require-actor.ts'

/** Rows of one page at most; whoever wants more asks again with the last id. */
const MAX_LIMIT = 1000

export interface ListUsersInput {
  /** The id of the last user of the page before; it need not exist any more. @default from the beginning */
  readonly afterId?: unknown
  /** From 1 to 1000. */
  readonly limit: unknown
  /** `everybody`: the caller may see all, by a rule that whoever calls this has applied. @default as staff may */
  readonly sees?: 'everybody'
}

/**
 * Users in the order of their ids, for staff and for whom the door lets see them.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `validation_failed`
 */
export async function listUsers(ctx: CommandContext, input: ListUsersInput): Promise<readonly User[]> {
  if (!requireActor(ctx).user.isStaff && input.sees !== 'everybody') throw new AuthError('forbidden')
  return ctx.store.users.list({ after: readAfter(ctx, input.afterId), limit: readLimit(input.limit) })
}

function readAfter({ config: { ids } }: CommandContext, afterId: unknown): UserId | null {
  if (afterId === undefined || afterId === null) return null
  const after = readUserId(afterId, ids)
  if (after === null) throw refuseField('afterId', ids === 'integer' ? 'not_number' : 'not_a_choice')
  return after
}

function readLimit(limit: unknown): number {
  if (typeof limit !== 'number' || !Number.isInteger(limit)) throw refuseField('limit', 'not_number')
  if (limit < 1) throw refuseField('limit', 'too_small', { min: 1 })
  if (limit > MAX_LIMIT) throw refuseField('limit', 'too_large', { max: MAX_LIMIT })
  return limit
}
