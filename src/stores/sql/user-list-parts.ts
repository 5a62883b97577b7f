import type { FieldKind } from '../../model/field.ts'
import type { UserOrder, UserOrderKey } from '../../model/user-list.ts'
import { type DeclaredColumn, uniqueColumn } from './declared-columns.ts'
import { fixedText, type Identifier, joined, parameter, type SqlText, sql } from './sql.ts'
import type { UserModel } from './user-model.ts'

/**
 * An order of users falls into parts, one behind the other, in each of which an index has the rows as they are wanted: those
 * with a value, and behind them those without. So it is no engine's affair where nulls are in its order.
 */
export interface OrderPart {
  /** `null`: those without a value, in the order of ids. */
  readonly key: Identifier | null
  /** Ids need not be compared. */
  readonly isUnique: boolean
  readonly keyKind: KeyKind
  /** Who is in it; `null`: everybody. */
  readonly condition: SqlText | null
  /** One index has exactly those who are in it, in this order. Else many others may have to be passed over. */
  readonly isIndexed: boolean
}

/** What the values of a key are. */
export type KeyKind = 'text' | 'number' | 'moment' | 'id'

/** A direction through a part. */
export type Way = 'up' | 'down'

/** @throws {TypeError} for what is no order */
export function orderParts(model: UserModel, by: UserOrderKey): readonly OrderPart[] {
  const { columns: c } = model.naming.users
  switch (by) {
    case 'id':
      return [valued(c.id, { isUnique: true, keyKind: 'id', hasNulls: false })]
    case 'dateJoined':
      return [valued(c.dateJoined, { keyKind: 'moment', hasNulls: false })]
    case 'lastLoginAt':
      return [valued(c.lastLoginAt, { keyKind: 'moment' }), withoutIndexed(c.lastLoginAt)]
    case 'username':
      return [valued(c.usernameKey, { isUnique: true }), without([c.usernameKey])]
    case 'email':
      return emailParts(model)
    case 'firstName':
      return [valued(c.firstNameKey, {}), withoutIndexed(c.firstNameKey)]
    case 'lastName':
      return [valued(c.lastNameKey, {}), withoutIndexed(c.lastNameKey)]
    default:
      return fieldParts(model, by)
  }
}

/** Forward through the list goes through its parts in this way, and backward in the other one. */
export function wayOf({ direction }: UserOrder, go: 'forward' | 'backward'): Way {
  return (direction === 'ascending') === (go === 'forward') ? 'up' : 'down'
}

/** Rows behind the place in the parameters `fromKey` and `fromId`. */
export function behind(part: OrderPart, way: Way, id: Identifier): SqlText {
  const beyond = fixedText(way === 'up' ? '>' : '<')
  const { key, isUnique } = part
  if (key === null) return sql`u.${id} ${beyond} ${parameter('fromId')}`
  if (isUnique) return sql`u.${key} ${beyond} ${parameter('fromKey')}`
  // The first condition is what an index can begin with.
  return sql`u.${key} ${beyond}= ${parameter('fromKey')}
    AND (u.${key} ${beyond} ${parameter('fromKey')} OR u.${id} ${beyond} ${parameter('fromId')})`
}

export function orderBy({ key, isUnique }: OrderPart, way: Way, id: Identifier): SqlText {
  const direction = fixedText(way === 'up' ? 'ASC' : 'DESC')
  if (key === null) return sql`u.${id} ${direction}`
  return isUnique ? sql`u.${key} ${direction}` : sql`u.${key} ${direction}, u.${id} ${direction}`
}

interface Trait {
  readonly isUnique?: boolean
  readonly keyKind?: KeyKind
  readonly hasNulls?: boolean
}

function valued(key: Identifier, { isUnique = false, keyKind = 'text', hasNulls = true }: Trait): OrderPart {
  return { key, isUnique, keyKind, condition: hasNulls ? sql`u.${key} IS NOT NULL` : null, isIndexed: true }
}

function without(keys: readonly Identifier[]): OrderPart {
  const missing = keys.map((key) => sql`u.${key} IS NULL`)
  return { key: null, isUnique: true, keyKind: 'id', condition: joined(missing, ' AND '), isIndexed: false }
}

/** The same by a key whose index has ids behind it. */
const withoutIndexed = (key: Identifier): OrderPart => ({ ...without([key]), isIndexed: true })

function emailParts({ naming, emailUnique }: UserModel): readonly OrderPart[] {
  const { emailKey, sharedEmailKey } = naming.users.columns
  const owned = valued(emailKey, { isUnique: true })
  if (emailUnique === 'always') return [owned, without([emailKey])]
  return [owned, valued(sharedEmailKey, {}), without([emailKey, sharedEmailKey])]
}

function fieldParts({ columns }: UserModel, by: UserOrderKey): readonly OrderPart[] {
  const declared = columns.find(({ field }) => `fields.${field}` === by)
  const keyKind = declared === undefined ? undefined : orderingKind(declared)
  if (declared === undefined || keyKind === undefined) {
    throw new TypeError(`users cannot be listed in the order of ${JSON.stringify(by)}`)
  }
  const key = uniqueColumn(declared)
  return [valued(key, { isUnique: true, keyKind }), without([key])]
}

/** Of a field that has an index, and the same order everywhere. */
function orderingKind({ definition }: DeclaredColumn): KeyKind | undefined {
  return definition.unique ? ORDERING_KINDS[definition.kind] : undefined
}

const ORDERING_KINDS: { readonly [K in FieldKind]?: KeyKind } = { text: 'text', number: 'number', date: 'moment' }
