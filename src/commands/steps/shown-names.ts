import type { User, UserId } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { maskEmail } from './mask-value.ts'
import { hasRight } from './require-operator.ts'
import { usersById } from './users-by-id.ts'

/**
 * What the users of these ids are called now, by the ids as text: by their names, and those who have none by their address,
 * which is masked for operators who may not see users, or else by the id. Whoever is gone is left out.
 */
export async function shownNames(
  ctx: CommandContext,
  operator: User,
  ids: Iterable<UserId | null>,
): Promise<ReadonlyMap<string, string>> {
  const users = await usersById(ctx, ids)
  const seesAll = await hasRight(ctx, operator, 'view_user')
  const nameOf = (id: string, { username, email }: User): string =>
    username ?? (email !== null && !seesAll ? maskEmail(email) : email) ?? id
  return new Map([...users].map(([id, user]) => [id, nameOf(id, user)]))
}
