import type { UserId } from '../../model/user.ts'
import type { UserConditions, UserOrderKey, UserSearch } from '../../model/user-list.ts'
import { endOfTexts } from '../sql/user-list-conditions.ts'
import type { MongoDocument } from './mongo-driver.ts'
import { idCheck } from './user-ids.ts'
import type { UserModel } from './user-model.ts'
import { ABSENT, ANY_MOMENT, among, encoded, equals, keepableText } from './values.ts'

/** What must be true of a user. */
export interface ListCondition {
  readonly test: MongoDocument
  /** Whom it can be true of, where indexes find them and they may be few; else `null`. */
  readonly candidates: MongoDocument | null
  /** The order in which it is one piece; else `null`. */
  readonly rangeOf: UserOrderKey | null
}

const MAX_IDS = 1000

/**
 * The rarer first: what most users are is seldom worth a look.
 *
 * @throws {TypeError} for too many ids
 */
export function listConditions(model: UserModel, conditions: UserConditions): readonly ListCondition[] {
  const names = model.naming.fields.users
  const { search, ids, groupId, isStaff, isSuperuser, status, isEmailVerified, hasLoggedIn } = conditions
  const isId = idCheck(model)
  const { joinedSince, joinedUntil, lastLoginSince, lastLoginUntil } = conditions
  return [
    ...(ids === undefined ? [] : [plain({ _id: among(asIds(ids).filter(isId)) })]),
    ...(search === undefined || search.words.length === 0 ? [] : [searchCondition(model, search)]),
    // An id of another kind is no group's.
    ...(groupId === undefined ? [] : [plain({ [names.groups]: isId(groupId) ? equals(groupId) : among([]) })]),
    ...flag(names.isSuperuser, isSuperuser),
    ...flag(names.isStaff, isStaff),
    ...(status === undefined ? [] : [plain({ [names.status]: equals(status) })]),
    ...presence(names.emailVerifiedAt, isEmailVerified),
    ...range(names.dateJoined, 'dateJoined', { since: joinedSince, until: joinedUntil }),
    ...range(names.lastLoginAt, 'lastLoginAt', { since: lastLoginSince, until: lastLoginUntil }),
    ...presence(names.lastLoginAt, hasLoggedIn),
  ]
}

const plain = (test: MongoDocument, isRare = true): ListCondition => ({
  test,
  candidates: isRare ? test : null,
  rangeOf: null,
})

function asIds(ids: readonly UserId[]): readonly UserId[] {
  if (ids.length <= MAX_IDS) return ids
  throw new TypeError(`a list takes ${MAX_IDS} ids at most, not ${ids.length}`)
}

const flag = (name: string, value: boolean | undefined): readonly ListCondition[] =>
  value === undefined ? [] : [plain({ [name]: equals(value) }, value)]

const presence = (name: string, value: boolean | undefined): readonly ListCondition[] =>
  value === undefined ? [] : [plain({ [name]: value ? ANY_MOMENT : ABSENT })]

function range(
  name: string,
  rangeOf: UserOrderKey,
  { since, until }: { readonly since: Date | undefined; readonly until: Date | undefined },
): readonly ListCondition[] {
  if (since === undefined && until === undefined) return []
  const test = {
    [name]: { ...(since && { $gte: encoded(since) }), ...(until && { $lt: encoded(until) }) },
  }
  return [{ test, candidates: test, rangeOf }]
}

/** The longest word first: its candidates are the fewest. */
function searchCondition(model: UserModel, { words, match }: UserSearch): ListCondition {
  const paths = searchedPaths(model)
  const tests = words
    .toSorted((one, other) => other.length - one.length)
    .map((word) => ({ $or: paths.map((path) => ({ [path]: wordTest(word, match) })) }))
  const [longest = null] = tests
  return { test: { $and: tests }, candidates: match === 'beginning' ? longest : null, rangeOf: null }
}

function wordTest(word: string, match: UserSearch['match']): MongoDocument {
  const text = keepableText(word)
  if (match === 'beginning') return { $gte: text, $lt: endOfTexts(text) }
  return { $regex: text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') }
}

/** Each has an index of its own. */
function searchedPaths({ naming, fields, emailUnique }: UserModel): readonly string[] {
  const names = naming.fields.users
  const ofFields = fields.flatMap(({ keyPath }) => (keyPath === null ? [] : [keyPath]))
  const shared = emailUnique === 'once-proven' ? [names.sharedEmailKey] : []
  return [names.usernameKey, names.emailKey, ...shared, names.firstNameKey, names.lastNameKey, ...ofFields]
}
