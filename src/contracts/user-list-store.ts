import type { User } from '../model/user.ts'
import type { UserConditions, UserListPosition, UserOrder } from '../model/user-list.ts'

export interface UserPageQuery {
  readonly conditions: UserConditions
  readonly order: UserOrder
  /** Where the page begins, and in which direction it goes on from there; `null`: at the beginning of the list. */
  readonly from: { readonly position: UserListPosition; readonly go: 'forward' | 'backward' } | null
  /** Rows at most. */
  readonly limit: number
}

/** A part of a list, in the order of the list whichever way it was reached. */
export interface UserPage {
  readonly users: readonly User[]
  /** From where to go forward; `null`: there is nobody behind. */
  readonly next: UserListPosition | null
  /** From where to go backward; `null`: there is nobody in front. */
  readonly previous: UserListPosition | null
}

/** How many there are: all of them, or at least so many. */
export interface Counted {
  readonly count: number
  readonly isExact: boolean
}

/**
 * Lists of users for those who look after them.
 *
 * Whatever the conditions are, a call looks at no more rows than it may: about 5,000, however many users there are. A page
 * may therefore end before it is full, even empty, with a `next` that is not `null`: whoever goes on from there, until it is,
 * gets everybody whom the conditions are true of exactly once, in the order of the list. So does whoever goes backward.
 * Users who change meanwhile may come twice or not at all.
 */
export interface UserListStore {
  /**
   * One page. A declared field orders users where it is `unique` and holds texts, numbers or dates.
   *
   * Where `emailUnique` is `'once-proven'`, the order of addresses is that of owned ones, then that of claimed ones.
   *
   * @throws {TypeError} for an order that is none, and for more than 1000 `ids`
   */
  page(query: UserPageQuery): Promise<UserPage>
  /**
   * How many users the conditions are true of: exactly, or at least so many where there are more than `max` or finding out
   * would take more than looking at `max` users and about 1000 more.
   */
  countUpTo(conditions: UserConditions, max: number): Promise<Counted>
}
