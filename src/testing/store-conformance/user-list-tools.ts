import type { Store } from '../../contracts/store.ts'
import type { UserPage, UserPageQuery } from '../../contracts/user-list-store.ts'
import type { User } from '../../model/user.ts'
import type { UserConditions, UserListPosition, UserOrder } from '../../model/user-list.ts'

type WholeList = Omit<UserPageQuery, 'from'>

/** Everybody of a list, page by page from its beginning. */
export async function allPages(store: Store, query: WholeList): Promise<readonly User[]> {
  const seen: User[] = []
  let position: UserListPosition | null = null
  for (;;) {
    const from: UserPageQuery['from'] = position === null ? null : { position, go: 'forward' }
    const page: UserPage = await store.userLists.page({ ...query, from })
    assertWithin(page, query)
    seen.push(...page.users)
    position = page.next
    if (position === null) return seen
  }
}

/** The same, page by page from its end. */
export async function allPagesBackward(store: Store, query: WholeList): Promise<readonly User[]> {
  let page = await lastPage(store, query)
  let seen: readonly User[] = page.users
  while (page.previous !== null) {
    page = await store.userLists.page({ ...query, from: { position: page.previous, go: 'backward' } })
    assertWithin(page, query)
    seen = [...page.users, ...seen]
  }
  return seen
}

async function lastPage(store: Store, query: WholeList): Promise<UserPage> {
  let page = await store.userLists.page({ ...query, from: null })
  while (page.next !== null) {
    page = await store.userLists.page({ ...query, from: { position: page.next, go: 'forward' } })
  }
  return page
}

function assertWithin({ users }: UserPage, { limit }: WholeList): void {
  if (users.length > limit) throw new Error(`a page of ${limit} has ${users.length} users`)
}

export async function usernames(
  store: Store,
  conditions: UserConditions,
  order: UserOrder = { by: 'id', direction: 'ascending' },
): Promise<readonly (string | null)[]> {
  return (await allPages(store, { conditions, order, limit: 2 })).map(({ username }) => username)
}

export const namesOf = ({ users }: UserPage): readonly (string | null)[] => users.map(({ username }) => username)
