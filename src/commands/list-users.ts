import { AuthError } from '../errors.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { readPage } from './steps/read-page.ts'
import { requireActor } from './steps/require-actor.ts'

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
  return ctx.store.users.list(readPage(ctx, input))
}
