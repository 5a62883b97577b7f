import type { User, UserId } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'

/** What a list of users takes at most. */
const MAX_IDS = 1000

/**
 * The users of these ids by the ids as text, whoever is gone left out: for a page of rows that name users, in a read for each
 * thousand of them and not one for each row.
 */
export async function usersById(
  { store }: Pick<CommandContext, 'store'>,
  ids: Iterable<UserId | null>,
): Promise<ReadonlyMap<string, User>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null)
  const found = new Map<string, User>()
  for (let at = 0; at < wanted.length; at += MAX_IDS) {
    const some = wanted.slice(at, at + MAX_IDS)
    const { users } = await store.userLists.page({
      conditions: { ids: some },
      order: { by: 'id', direction: 'ascending' },
      from: null,
      limit: some.length,
    })
    for (const user of users) found.set(String(user.id), user)
  }
  return found
}
