import type { UserPageQuery } from '../../contracts/user-list-store.ts'
import type { UserConditions, UserOrder, UserOrderKey, UserSearch } from '../../model/user-list.ts'
import type { CommandContext } from '../context.ts'
import { checkConditions } from './check-conditions.ts'
import { refuseField } from './input.ts'
import { readCursor } from './list-cursor.ts'
import { readLocks } from './read-locks.ts'
import { requireOperator } from './require-operator.ts'
import { searchWords } from './search-words.ts'

/** Whom operators list. */
export interface UserListInput {
  /** What was typed into the search box; every word must be found in one of a user's texts. */
  readonly query?: unknown
  /** @default 'anywhere' where there are no more than 5000 users, else 'beginning' */
  readonly match?: UserSearch['match']
  /** Further conditions, which must hold as well. */
  readonly conditions?: Omit<UserConditions, 'search'>
  /** `true`: only those who are locked, at most 1000 of them; for whoever may see locks. */
  readonly isLocked?: boolean
}

/** How they are listed. */
export interface UserOrderInput {
  /** @default 'username', or 'email' where users have no names */
  readonly orderBy?: unknown
  /** @default 'ascending' */
  readonly direction?: unknown
}

/** So many users every text of whom can be looked at for one page. */
const FEW_USERS = 5000

const MAX_LOCKED = 1000

/** @throws {AuthError} `validation_failed`, `forbidden` */
export async function readConditions(ctx: CommandContext, input: UserListInput): Promise<UserConditions> {
  // Or the list would tell what the page of locks does not.
  if (input.isLocked === true) await requireOperator(ctx, 'view_lock')
  const words = searchWords(input.query)
  const conditions = checkConditions(ctx, input.conditions ?? {})
  return {
    ...conditions,
    ...(words.length === 0 ? {} : { search: { words, match: await matchFor(ctx, input.match) } }),
    ...(input.isLocked === true ? { ids: await lockedIds(ctx, conditions.ids) } : {}),
  }
}

/** @throws {AuthError} `validation_failed` for what users cannot be listed by */
export function readOrder({ config }: CommandContext, { orderBy, direction }: UserOrderInput): UserOrder {
  const byDefault = config.user.username === 'none' ? 'email' : 'username'
  const by = orderBy ?? byDefault
  if (!isOrderKey(by, config.user.fields)) throw refuseField('orderBy', 'not_a_choice')
  if (direction !== undefined && direction !== 'ascending' && direction !== 'descending') {
    throw refuseField('direction', 'not_a_choice')
  }
  return { by, direction: direction ?? 'ascending' }
}

/** @throws {AuthError} `validation_failed` */
export function readPlace(ctx: CommandContext, order: UserOrder, cursor: unknown): UserPageQuery['from'] {
  return cursor === undefined || cursor === null || cursor === '' ? null : readCursor(ctx, order, cursor)
}

/** From outside may come anything: what names no column and no declared field never gets to the store. */
function isOrderKey(by: unknown, fields: CommandContext['config']['user']['fields']): by is UserOrderKey {
  if (typeof by !== 'string') return false
  if (BUILT_IN.includes(by)) return true
  const name = by.startsWith('fields.') ? by.slice('fields.'.length) : ''
  const definition = Object.hasOwn(fields, name) ? fields[name] : undefined
  return definition?.unique === true && ['text', 'number', 'date'].includes(definition.kind)
}

const BUILT_IN: readonly string[] = ['id', 'username', 'email', 'firstName', 'lastName', 'dateJoined', 'lastLoginAt']

async function matchFor(ctx: CommandContext, asked: unknown): Promise<UserSearch['match']> {
  if (asked === 'beginning' || asked === 'anywhere') return asked
  if (asked !== undefined) throw refuseField('match', 'not_a_choice')
  const { isExact } = await ctx.store.userLists.countUpTo({}, FEW_USERS)
  return isExact ? 'anywhere' : 'beginning'
}

async function lockedIds(
  ctx: CommandContext,
  among: UserConditions['ids'],
): Promise<NonNullable<UserConditions['ids']>> {
  const ids = new Set<string | number>()
  for await (const page of readLocks(ctx, MAX_LOCKED)) {
    for (const { userId } of page) if (userId !== null && (among?.includes(userId) ?? true)) ids.add(userId)
    if (ids.size >= MAX_LOCKED) break
  }
  return [...ids].slice(0, MAX_LOCKED)
}
