import type {
  GroupStore,
  InsertGroupResult,
  SetGroupsResult,
  StoredPermissions,
  UpdateGroupResult,
} from '../../contracts/group-store.ts'
import { canonicalGroupName, type Group, type GroupId, type ListedGroup, type NewGroup } from '../../model/group.ts'
import type { UserId } from '../../model/user.ts'
import { type AtomicStep, change, insertRow, readAll, readFirst } from './atomic-step.ts'
import { assertLimit } from './batches.ts'
import { type GroupRow, type GroupStatements, groupStatements, type ListedGroupRow } from './group-statements.ts'
import type { Naming } from './naming.ts'
import type { SqlDatabase } from './sql-database.ts'
import { assertNewId, idCheck } from './sql-users.ts'
import type { UserModel } from './user-model.ts'

/** Groups and permissions in any SQL engine. */
export function sqlGroups(db: SqlDatabase, model: UserModel): GroupStore {
  const statements = groupStatements(db.engine, model.naming)
  const isId = idCheck(model)
  return {
    async insert(group) {
      assertNewId(model, group)
      return db.atomic(() => insertGroup(statements, model.naming, group))
    },
    async find(id) {
      return isId(id) ? (groupsIn(await db.all(statements.find, { id }))[0] ?? null) : null
    },
    async update(id, changes) {
      return isId(id) ? db.atomic(() => updateGroup(statements, id, changes)) : { outcome: 'missed' }
    },
    async delete(id) {
      // Memberships and permissions go with their group: the foreign keys say ON DELETE CASCADE.
      return isId(id) && (await db.change(statements.delete, { id })) > 0
    },
    async list({ after, limit }) {
      assertLimit(limit)
      if (after === null) return listedGroupsIn(await db.all(statements.listFirst, { limit }))
      return isId(after) ? listedGroupsIn(await db.all(statements.listAfter, { after, limit })) : []
    },
    async names({ after, limit }) {
      assertLimit(limit)
      if (after === null) return db.all(statements.namesFirst, { limit })
      return isId(after) ? db.all(statements.namesAfter, { after, limit }) : []
    },
    async groupsOf(userId) {
      return isId(userId) ? groupsIn(await db.all(statements.groupsOf, { userId })) : []
    },
    async setGroups(userId, groupIds) {
      if (!isId(userId)) return { outcome: 'user-missed' }
      if (!groupIds.every(isId)) return { outcome: 'group-missed' }
      return db.atomic(() => setGroups(statements, userId, groupIds))
    },
    async setPermissions(userId, permissions) {
      return isId(userId) && db.atomic(() => setPermissions(statements, userId, permissions))
    },
    async permissionsOf(userId) {
      const rows = isId(userId) ? await db.all(statements.permissionsOf, { userId }) : []
      return storedPermissionsIn(rows)
    },
  }
}

/** When another takes the name in between, the engine refuses the row, the step starts again and finds it. */
function* insertGroup(statements: GroupStatements, naming: Naming, group: NewGroup): AtomicStep<InsertGroupResult> {
  const { id: key, name, nameKey } = naming.groups.columns
  const canonical = canonicalGroupName(group.name)
  if ((yield* readFirst(statements.findByKey, { key: canonical })) !== null) return { outcome: 'conflict' }
  const row = {
    ...(group.id === null ? {} : { [key.name]: group.id }),
    [name.name]: group.name,
    [nameKey.name]: canonical,
  }
  const drawn = yield* insertRow(statements.writer.insert(row), row)
  const id = group.id ?? drawn
  if (id === null) throw new Error('the engine drew no id for a new group')
  yield* addPermissions(statements, id, group.permissions)
  return { outcome: 'inserted', group: yield* readGroup(statements, id) }
}

function* updateGroup(
  statements: GroupStatements,
  id: GroupId,
  { name, permissions }: Parameters<GroupStore['update']>[1],
): AtomicStep<UpdateGroupResult> {
  if ((yield* readFirst(statements.lock, { id })) === null) return { outcome: 'missed' }
  if (name !== undefined) {
    const nameKey = canonicalGroupName(name)
    const holder = yield* readFirst(statements.findByKey, { key: nameKey })
    if (holder !== null && holder !== id) return { outcome: 'conflict' }
    yield* change(statements.rename, { id, name, nameKey })
  }
  if (permissions !== undefined) {
    yield* change(statements.removePermissions, { id })
    yield* addPermissions(statements, id, permissions)
  }
  return { outcome: 'updated', group: yield* readGroup(statements, id) }
}

function* addPermissions(statements: GroupStatements, id: GroupId, permissions: readonly string[]): AtomicStep<void> {
  for (const permission of new Set(permissions)) yield* change(statements.addPermission, { id, permission })
}

function* readGroup(statements: GroupStatements, id: GroupId): AtomicStep<Group> {
  const [group] = groupsIn(yield* readAll(statements.find, { id }))
  if (group === undefined) throw new Error('a group that was just written cannot be read')
  return group
}

/**
 * The rows of the user and of every group are held before anything is written, always in one order, so that nobody waits in
 * a circle and no group can go in between.
 */
function* setGroups(
  statements: GroupStatements,
  userId: UserId,
  groupIds: readonly GroupId[],
): AtomicStep<SetGroupsResult> {
  const ids = [...new Set(groupIds)].toSorted(byText)
  if ((yield* readFirst(statements.lockUser, { userId })) === null) return { outcome: 'user-missed' }
  for (const id of ids) {
    if ((yield* readFirst(statements.lock, { id })) === null) return { outcome: 'group-missed' }
  }
  yield* change(statements.leaveGroups, { userId })
  for (const groupId of ids) yield* change(statements.joinGroup, { userId, groupId })
  return { outcome: 'set', groups: groupsIn(yield* readAll(statements.groupsOf, { userId })) }
}

/** Any order will do, as long as it is always the same one. */
const byText = (one: GroupId, other: GroupId): number => (String(one) < String(other) ? -1 : 1)

function* setPermissions(
  statements: GroupStatements,
  userId: UserId,
  permissions: readonly string[],
): AtomicStep<boolean> {
  if ((yield* readFirst(statements.lockUser, { userId })) === null) return false
  yield* change(statements.removeOwnPermissions, { userId })
  for (const permission of new Set(permissions)) yield* change(statements.addOwnPermission, { userId, permission })
  return true
}

/** Rows of one group stand together, in the order of its permissions. */
function groupsIn(rows: readonly GroupRow[]): readonly Group[] {
  const groups = new Map<GroupId, { readonly id: GroupId; readonly name: string; readonly permissions: string[] }>()
  for (const { id, name, permission } of rows) {
    const group = groups.get(id) ?? { id, name, permissions: [] }
    if (permission !== null) group.permissions.push(permission)
    groups.set(id, group)
  }
  return [...groups.values()]
}

function listedGroupsIn(rows: readonly ListedGroupRow[]): readonly ListedGroup[] {
  const counts = new Map(rows.map(({ id, memberCount }) => [id, memberCount]))
  return groupsIn(rows).map((group) => ({ ...group, memberCount: counts.get(group.id) ?? 0 }))
}

function storedPermissionsIn(
  rows: readonly { readonly isOwn: boolean; readonly permission: string }[],
): StoredPermissions {
  const namesWhere = (isOwn: boolean) => rows.filter((row) => row.isOwn === isOwn).map(({ permission }) => permission)
  return { own: namesWhere(true), ofGroups: namesWhere(false) }
}
