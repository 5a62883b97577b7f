import type { FieldKind } from '../../model/field.ts'
import type { UserListPosition, UserOrder, UserOrderKey } from '../../model/user-list.ts'
import type { MongoDocument } from './mongo-driver.ts'
import { type UserModel, uniquePath } from './user-model.ts'
import { ABSENT, ANY_MOMENT, ANY_NUMBER, ANY_TEXT, encoded } from './values.ts'

/**
 * An order of users falls into parts, one behind the other: those with a value, and behind them those without. So it does not
 * matter where the database puts those who have none.
 */
export interface OrderPart {
  /** `null`: those without a value, in the order of ids. */
  readonly path: string | null
  readonly isMoment: boolean
  /** Who is in it. */
  readonly condition: MongoDocument
  /** Whether an index that has the users in this order also knows who is in it. */
  readonly isIndexed: boolean
}

/** A direction through a part. */
export type Way = 1 | -1

/** @throws {TypeError} for what is no order */
export function orderParts(model: UserModel, by: UserOrderKey): readonly OrderPart[] {
  const names = model.naming.fields.users
  switch (by) {
    case 'id':
      return [{ path: null, isMoment: false, condition: {}, isIndexed: true }]
    case 'dateJoined':
      return [valued(names.dateJoined, ANY_MOMENT)]
    case 'lastLoginAt':
      return [valued(names.lastLoginAt, ANY_MOMENT), without([names.lastLoginAt], true)]
    case 'username':
      return [valued(names.usernameKey), without([names.usernameKey])]
    case 'email':
      return emailParts(model)
    case 'firstName':
      return [valued(names.firstNameKey), without([names.firstNameKey], true)]
    case 'lastName':
      return [valued(names.lastNameKey), without([names.lastNameKey], true)]
    default:
      return fieldParts(model, by)
  }
}

/** Forward through the list goes through its parts in this way, and backward in the other one. */
export const wayOf = ({ direction }: UserOrder, go: 'forward' | 'backward'): Way =>
  (direction === 'ascending') === (go === 'forward') ? 1 : -1

/** Who comes behind the place. */
export function behindPlace({ path, isMoment }: OrderPart, way: Way, { key, id }: UserListPosition): MongoDocument {
  const beyond = way === 1 ? '$gt' : '$lt'
  if (path === null) return { _id: { [beyond]: encoded(id) } }
  const value = encoded(isMoment && typeof key === 'number' ? new Date(key) : key)
  // The first condition is what an index can begin with.
  return {
    $and: [
      { [path]: { [`${beyond}e`]: value } },
      { $or: [{ [path]: { [beyond]: value } }, { [path]: { $eq: value }, _id: { [beyond]: encoded(id) } }] },
    ],
  }
}

export const sortOf = ({ path }: OrderPart, way: Way): MongoDocument =>
  path === null ? { _id: way } : { [path]: way, _id: way }

const valued = (path: string, anyValue = ANY_TEXT): OrderPart => ({
  path,
  isMoment: anyValue === ANY_MOMENT,
  condition: { [path]: anyValue },
  isIndexed: true,
})

const without = (paths: readonly string[], isIndexed = false): OrderPart => ({
  path: null,
  isMoment: false,
  condition: Object.fromEntries(paths.map((path) => [path, ABSENT])),
  isIndexed,
})

function emailParts({ naming, emailUnique }: UserModel): readonly OrderPart[] {
  const { emailKey, sharedEmailKey } = naming.fields.users
  if (emailUnique === 'always') return [valued(emailKey), without([emailKey])]
  return [valued(emailKey), valued(sharedEmailKey), without([emailKey, sharedEmailKey])]
}

function fieldParts({ fields }: UserModel, by: UserOrderKey): readonly OrderPart[] {
  const declared = fields.find(({ field }) => `fields.${field}` === by)
  const anyValue = declared?.definition.unique ? ANY_VALUES[declared.definition.kind] : undefined
  if (declared === undefined || anyValue === undefined) {
    throw new TypeError(`users cannot be listed in the order of ${JSON.stringify(by)}`)
  }
  const path = uniquePath(declared)
  return [valued(path, anyValue), without([path])]
}

const ANY_VALUES: { readonly [K in FieldKind]?: MongoDocument } = {
  text: ANY_TEXT,
  number: ANY_NUMBER,
  date: ANY_MOMENT,
}
