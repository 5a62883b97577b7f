import type { UserStore } from '../../contracts/store.ts'
import type { User } from '../../model/user.ts'
import { assertLimit } from '../sql/batches.ts'
import { insertUser } from './insert-user.ts'
import { deleteUser, updateUser } from './update-user.ts'
import { findByField } from './user-field-lookups.ts'
import { assertNewId, idCheck } from './user-ids.ts'
import { idOf, isThere, type Users } from './users.ts'
import { encoded, equals } from './values.ts'

/** Users with their declared fields and profiles in MongoDB. */
export function mongoUsers(users: Users): UserStore {
  const { documents, reader, model, db } = users
  const { names } = documents
  const isId = idCheck(model)
  return {
    async insert(user, options) {
      assertNewId(model, user)
      return insertUser(users, user, options)
    },
    findById: async (id) => (isId(id) ? users.find(id) : null),
    async findByIdentifier(key, fields, limit) {
      assertLimit(limit)
      return fields.length === 0 || limit === 0 ? [] : findByIdentifier(users, { key, fields, limit })
    },
    async findByField(field, value, limit) {
      assertLimit(limit)
      return findByField(users, { field, value, limit })
    },
    async list({ after, limit }) {
      assertLimit(limit)
      if (after !== null && !isId(after)) return []
      const filter = { ...(after !== null && { _id: { $gt: encoded(after) } }), ...isThere(users) }
      const found = await documents.find(filter, { sort: { _id: 1 }, limit, projection: reader.withoutBelongings })
      return found.map(reader.user)
    },
    async update(id, changes, options = {}) {
      return isId(id) ? updateUser(users, { id, changes, options }) : { outcome: 'missed' }
    },
    async noteLogin(id, at) {
      if (!isId(id)) return
      // No change that a judgement could rest on: it goes past the version.
      const filter = { _id: equals(id), ...isThere(users) }
      await db.relaxed('users').updateOne(filter, { $set: { [names.lastLoginAt]: encoded(at) } })
    },
    delete: async (id, when = {}) => isId(id) && deleteUser(users, id, when),
    async deletePendingBefore(before, limit) {
      assertLimit(limit)
      await finishRemovals(users, limit)
      return deletePending(users, before, limit)
    },
  }
}

interface Identifier {
  readonly key: string
  readonly fields: readonly ('username' | 'email')[]
  readonly limit: number
}

/**
 * The owner of the name, the owner of the address, then whoever shares it. The sharers are looked for first: who becomes the owner in
 * between is found twice and not missed.
 */
async function findByIdentifier(users: Users, { key, fields, limit }: Identifier): Promise<readonly User[]> {
  const { documents, reader, model } = users
  const { usernameKey, emailKey, sharedEmailKey } = documents.names
  const projection = reader.withoutBelongings
  const byAddress = fields.includes('email')
  const sharers =
    byAddress && model.emailUnique === 'once-proven'
      ? await documents.find({ [sharedEmailKey]: equals(key) }, { sort: { _id: 1 }, limit, projection })
      : []
  const paths = [...(fields.includes('username') ? [usernameKey] : []), ...(byAddress ? [emailKey] : [])]
  const owners = await documents.find({ $or: paths.map((path) => ({ [path]: equals(key) })) }, { limit: 2, projection })
  const bestFirst = owners.toSorted((one, other) => placeOf(one) - placeOf(other))
  const ownerIds = new Set(bestFirst.map(idOf))
  const found = [...bestFirst, ...sharers.filter((doc) => !ownerIds.has(idOf(doc)))]
  return found.slice(0, limit).map(reader.user)

  function placeOf(doc: (typeof owners)[number]): number {
    return paths.findIndex((path) => doc[path] === key)
  }
}

/** What a crash has left of users whose end was begun. */
async function finishRemovals(users: Users, limit: number): Promise<void> {
  const { documents } = users
  const doomed = await documents.find({ [documents.names.isDoomed]: equals(true) }, { limit })
  for (const doc of doomed) await users.finishRemoval(idOf(doc))
}

async function deletePending(users: Users, before: Date, limit: number): Promise<number> {
  const { documents } = users
  const { status, sessionEpoch, dateJoined } = documents.names
  const pending = {
    [status]: equals('pending'),
    [sessionEpoch]: equals(0),
    [dateJoined]: { $lt: encoded(before) },
  }
  let count = 0
  for (const doc of await documents.find(pending, { sort: { [dateJoined]: 1 }, limit })) {
    // Whoever was let in meanwhile has another version.
    if (await users.remove(users.reader.state(doc))) count += 1
  }
  return count
}
