import type {
  GroupStore,
  InsertGroupResult,
  SetGroupsResult,
  StoredPermissions,
  UpdateGroupResult,
} from '../../contracts/group-store.ts'
import { canonicalGroupName, type Group, type GroupId, type ListedGroup, type NewGroup } from '../../model/group.ts'
import type { UserId } from '../../model/user.ts'
import { assertLimit } from '../sql/batches.ts'
import { nextNumber } from './counters.ts'
import { changesOf, documentOf, embedded } from './documents.ts'
import type { MongoDocument } from './mongo-driver.ts'
import { isDuplicateKey } from './mongo-errors.ts'
import type { FieldsOf } from './naming.ts'
import { assertNewId, idCheck } from './user-ids.ts'
import { idOf, isThere, type Users } from './users.ts'
import { among, encoded, equals, list, number, id as readId, text } from './values.ts'

/**
 * Groups and permissions in MongoDB. Who is in a group, and what users may do, stands in the documents of the users. An id there of a
 * group that is gone means nothing, and is taken away as soon as somebody sees it.
 */
export function mongoGroups(users: Users): GroupStore {
  const groups = users.db.documents('groups')
  const isId = idCheck(users.model)
  const page = async ({ after, limit }: Parameters<GroupStore['list']>[0]): Promise<readonly Group[]> => {
    assertLimit(limit)
    if (after !== null && !isId(after)) return []
    const filter = after === null ? {} : { _id: { $gt: encoded(after) } }
    const found = await groups.find(filter, { sort: { _id: 1 }, limit })
    return found.map((doc) => readGroup(groups.names, doc))
  }
  return {
    async insert(group) {
      assertNewId(users.model, group)
      return insertGroup(users, group)
    },
    async find(id) {
      const found = isId(id) ? await groups.findOne({ _id: equals(id) }) : null
      return found && readGroup(groups.names, found)
    },
    update: async (id, changes) => (isId(id) ? updateGroup(users, id, changes) : { outcome: 'missed' }),
    delete: async (id) => isId(id) && deleteGroup(users, id),
    list: async (wanted) => withMemberCounts(users, await page(wanted)),
    names: async (wanted) => (await page(wanted)).map(({ id, name }) => ({ id, name })),
    groupsOf: async (userId) => (isId(userId) ? groupsOf(users, userId) : []),
    async setGroups(userId, groupIds) {
      if (!isId(userId)) return { outcome: 'user-missed' }
      return setGroups(users, userId, { ids: [...new Set(groupIds)], areIds: groupIds.every(isId) })
    },
    async setPermissions(userId, permissions) {
      if (!isId(userId)) return false
      const set = documentOf(users.documents.names, { permissions: embedded(nameSet(permissions)) })
      return users.documents.updateOne({ _id: equals(userId), ...isThere(users) }, { $set: set })
    },
    permissionsOf: async (userId) => (isId(userId) ? permissionsOf(users, userId) : { own: [], ofGroups: [] }),
  }
}

async function insertGroup({ db }: Users, group: NewGroup): Promise<InsertGroupResult> {
  const groups = db.documents('groups')
  const nameKey = canonicalGroupName(group.name)
  const permissions = nameSet(group.permissions)
  const values = documentOf(groups.names, { name: group.name, nameKey, permissions: embedded(permissions) })
  const id = group.id ?? (await nextNumber(db, 'groups'))
  try {
    await groups.insert({ _id: encoded(id), ...values })
    return { outcome: 'inserted', group: { id, name: group.name, permissions } }
  } catch (error) {
    const isTaken =
      isDuplicateKey(error) && (await groups.findOne({ [groups.names.nameKey]: equals(nameKey) })) !== null
    if (isTaken) return { outcome: 'conflict' }
    throw error
  }
}

async function updateGroup(
  { db }: Users,
  id: GroupId,
  { name, permissions }: Parameters<GroupStore['update']>[1],
): Promise<UpdateGroupResult> {
  const groups = db.documents('groups')
  const changes = changesOf(groups.names, {
    ...(name !== undefined && { name, nameKey: canonicalGroupName(name) }),
    ...(permissions !== undefined && { permissions: embedded(nameSet(permissions)) }),
  })
  try {
    const filter = { _id: equals(id) }
    const changed = changes.$set ? await groups.changeOne(filter, changes) : await groups.findOne(filter)
    return changed === null ? { outcome: 'missed' } : { outcome: 'updated', group: readGroup(groups.names, changed) }
  } catch (error) {
    if (isDuplicateKey(error)) return { outcome: 'conflict' }
    throw error
  }
}

async function deleteGroup({ db, documents }: Users, id: GroupId): Promise<boolean> {
  const isDeleted = (await db.documents('groups').deleteMany({ _id: equals(id) })) > 0
  const memberships = documents.names.groups
  await documents.updateMany({ [memberships]: equals(id) }, { $pull: { [memberships]: encoded(id) } })
  return isDeleted
}

/**
 * Looks whether the groups are there before, and once more afterwards: one that was deleted in between has taken along the
 * memberships that it found, and this one it may have missed.
 */
async function setGroups(
  users: Users,
  userId: UserId,
  { ids, areIds }: { readonly ids: readonly GroupId[]; readonly areIds: boolean },
): Promise<SetGroupsResult> {
  const { documents } = users
  const user = { _id: equals(userId), ...isThere(users) }
  if ((await documents.findOne(user, { projection: { _id: 1 } })) === null) return { outcome: 'user-missed' }
  if (!areIds || (await findGroups(users, ids)).length < ids.length) return { outcome: 'group-missed' }
  const memberships = documents.names.groups
  const set = { $set: { [memberships]: ids.map(encoded) } }
  if (!(await documents.updateOne(user, set))) return { outcome: 'user-missed' }
  const groups = await findGroups(users, ids)
  for (const gone of ids.filter((id) => groups.every((group) => group.id !== id))) {
    await documents.updateOne(user, { $pull: { [memberships]: encoded(gone) } })
  }
  return { outcome: 'set', groups }
}

async function groupsOf(users: Users, userId: UserId): Promise<readonly Group[]> {
  const user = await users.findState(userId)
  return user === null ? [] : findGroups(users, user.groups)
}

async function permissionsOf(users: Users, userId: UserId): Promise<StoredPermissions> {
  const user = await users.findState(userId)
  if (user === null) return { own: [], ofGroups: [] }
  const groups = await findGroups(users, user.groups)
  return { own: user.permissions, ofGroups: nameSet(groups.flatMap(({ permissions }) => permissions)) }
}

/** In the order of their ids. */
async function findGroups({ db }: Users, ids: readonly GroupId[]): Promise<readonly Group[]> {
  if (ids.length === 0) return []
  const groups = db.documents('groups')
  const found = await groups.find({ _id: among(ids) }, { sort: { _id: 1 } })
  return found.map((doc) => readGroup(groups.names, doc))
}

async function withMemberCounts(users: Users, groups: readonly Group[]): Promise<readonly ListedGroup[]> {
  if (groups.length === 0) return []
  const memberships = users.documents.names.groups
  const ofThese = { [memberships]: among(groups.map(({ id }) => id)) }
  const counted = await users.documents.aggregate([
    { $match: ofThese },
    { $unwind: `$${memberships}` },
    { $group: { _id: `$${memberships}`, count: { $sum: 1 } } },
  ])
  const counts = new Map(counted.map((doc) => [idOf(doc), number(doc['count'])]))
  return groups.map((group) => ({ ...group, memberCount: counts.get(group.id) ?? 0 }))
}

/** In the order of their bytes in UTF-8, each once. */
function nameSet(names: readonly string[]): readonly string[] {
  const distinct = [...new Set(names)].map((name) => text(encoded(name)))
  return distinct.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
}

function readGroup(names: FieldsOf<'groups'>, doc: MongoDocument): Group {
  return {
    id: readId(doc['_id']),
    name: text(doc[names.name]),
    permissions: list(doc[names.permissions]).map(text),
  }
}
