import { expect } from 'vitest'
import type { Store } from '../../contracts/store.ts'
import type { Group, NewGroup } from '../../model/group.ts'
import type { Promises } from './promises.ts'
import { atOnce, HOSTILE_TEXTS, insertNamed, newUser, UNKEEPABLE_TEXTS } from './store-samples.ts'

const newGroup = (changes: Partial<NewGroup> = {}): NewGroup => ({
  id: null,
  name: 'Editors',
  permissions: [],
  ...changes,
})

/** Inserts a group whose name nobody has. */
async function insertGroup(store: Store, name: string, permissions: readonly string[] = []): Promise<Group> {
  const result = await store.groups.insert(newGroup({ name, permissions }))
  if (result.outcome !== 'inserted') throw new Error('the sample group conflicts')
  return result.group
}

const ONE_ID = '0d2c8c1e-58f7-4f0e-9d6f-1f2b5f0c7a11'
const OTHER_ID = '7d2c8c1e-58f7-4f0e-9d6f-1f2b5f0c7a11'

/** How groups are kept, who is in them, and what they and users may do. */
export const groupPromises: Promises = {
  'keeps a group with its permissions in their order, each once': async (store) => {
    const permissions = ['news.edit', 'blog.view', 'news.edit', 'blog.add']
    const group = await insertGroup(store, 'Editors', permissions)
    expect(group).toEqual({ id: group.id, name: 'Editors', permissions: ['blog.add', 'blog.view', 'news.edit'] })
    expect(await store.groups.find(group.id)).toEqual(group)
    expect(await store.groups.find(99)).toBeNull()
  },
  'keeps hostile names and permissions as they are': async (store) => {
    for (const text of HOSTILE_TEXTS) {
      const name = `name ${text}`.trim()
      const group = await insertGroup(store, name, [text])
      expect(await store.groups.find(group.id)).toEqual({ id: group.id, name, permissions: [text] })
    }
    for (const text of UNKEEPABLE_TEXTS) {
      await expect(store.groups.insert(newGroup({ name: text }))).rejects.toThrow()
      await expect(store.groups.insert(newGroup({ name: 'unkept', permissions: [text] }))).rejects.toThrow()
    }
    expect(await store.groups.list({ after: null, limit: 99 })).toHaveLength(HOSTILE_TEXTS.length)
  },
  'takes names of one canonical form for one name': async (store) => {
    const group = await insertGroup(store, 'Größe')
    for (const name of ['Größe', 'GRÖSSE', 'gro\u0308sse', ' größe ']) {
      expect(await store.groups.insert(newGroup({ name })), name).toEqual({ outcome: 'conflict' })
    }
    const other = await insertGroup(store, 'Grosse')
    expect(await store.groups.update(other.id, { name: 'größe' })).toEqual({ outcome: 'conflict' })
    expect(await store.groups.find(other.id)).toEqual(other)
    const renamed = { ...group, name: 'GRÖSSE' }
    expect(await store.groups.update(group.id, { name: 'GRÖSSE' })).toEqual({ outcome: 'updated', group: renamed })
  },
  'gives a name to one of all who ask for it at once': async (store) => {
    const results = await atOnce(10, (index) => store.groups.insert(newGroup({ name: index % 2 ? 'Ops' : 'OPS' })))
    expect(results.filter(({ outcome }) => outcome === 'inserted')).toHaveLength(1)
    expect(results.filter(({ outcome }) => outcome === 'conflict')).toHaveLength(9)
    const others = await atOnce(5, (index) => insertGroup(store, `other ${index}`))
    const renamed = await Promise.all(others.map(({ id }) => store.groups.update(id, { name: 'Support' })))
    expect(renamed.filter(({ outcome }) => outcome === 'updated')).toHaveLength(1)
    expect(renamed.filter(({ outcome }) => outcome === 'conflict')).toHaveLength(4)
  },
  'changes what it is told to, and leaves the rest': async (store) => {
    const group = await insertGroup(store, 'Editors', ['blog.add'])
    const permissions = ['blog.delete', 'blog.add']
    const changed = { ...group, permissions: ['blog.add', 'blog.delete'] }
    expect(await store.groups.update(group.id, { permissions })).toEqual({ outcome: 'updated', group: changed })
    const renamed = { ...changed, name: 'Authors' }
    expect(await store.groups.update(group.id, { name: 'Authors' })).toEqual({ outcome: 'updated', group: renamed })
    expect(await store.groups.update(group.id, {})).toEqual({ outcome: 'updated', group: renamed })
    const emptied = { ...renamed, permissions: [] }
    expect(await store.groups.update(group.id, { permissions: [] })).toEqual({ outcome: 'updated', group: emptied })
    expect(await store.groups.find(group.id)).toEqual(emptied)
    expect(await store.groups.update(99, { name: 'Nobody' })).toEqual({ outcome: 'missed' })
  },
  'lists groups page by page with how many are in each, and never gives an id out twice': async (store) => {
    const first = await insertGroup(store, 'Zebras', ['zoo.feed', 'zoo.clean'])
    const second = await insertGroup(store, 'Apes')
    const third = await insertGroup(store, 'Newts')
    const ann = await insertNamed(store, 'ann')
    const bob = await insertNamed(store, 'bob')
    await store.groups.setGroups(ann.id, [first.id, third.id])
    await store.groups.setGroups(bob.id, [first.id])
    const all = [
      { ...first, memberCount: 2 },
      { ...second, memberCount: 0 },
      { ...third, memberCount: 1 },
    ]
    expect(await store.groups.list({ after: null, limit: 9 })).toEqual(all)
    expect(await store.groups.list({ after: null, limit: 1 })).toEqual(all.slice(0, 1))
    expect(await store.groups.list({ after: first.id, limit: 1 })).toEqual(all.slice(1, 2))
    expect(await store.groups.list({ after: third.id, limit: 9 })).toEqual([])
    expect(await store.groups.list({ after: null, limit: 0 })).toEqual([])
    await expect(store.groups.list({ after: null, limit: -1 })).rejects.toThrow(TypeError)
    const named = all.map(({ id, name }) => ({ id, name }))
    expect(await store.groups.names({ after: null, limit: 9 })).toEqual(named)
    expect(await store.groups.names({ after: first.id, limit: 1 })).toEqual(named.slice(1, 2))
    expect(await store.groups.names({ after: third.id, limit: 9 })).toEqual([])
    await expect(store.groups.names({ after: null, limit: -1 })).rejects.toThrow(TypeError)
    expect(await store.groups.delete(third.id)).toBe(true)
    const fourth = await insertGroup(store, 'Newts')
    expect(fourth.id).toBeGreaterThan(Number(third.id))
  },
  'takes the ids that it is given where they are UUIDs': async (_store, open) => {
    const store = await open({ ids: 'uuid' })
    const user = await insertUuidUser(store)
    const group = { id: ONE_ID, name: 'Editors', permissions: ['blog.add'] }
    expect(await store.groups.insert(group)).toEqual({ outcome: 'inserted', group })
    await expect(store.groups.insert(newGroup({ name: 'other' }))).rejects.toThrow(TypeError)
    await store.groups.insert({ id: OTHER_ID, name: 'Authors', permissions: [] })
    expect((await store.groups.list({ after: ONE_ID, limit: 9 })).map(({ id }) => id)).toEqual([OTHER_ID])
    expect(await store.groups.names({ after: ONE_ID, limit: 9 })).toEqual([{ id: OTHER_ID, name: 'Authors' }])
    expect(await store.groups.setGroups(user, [ONE_ID])).toEqual({ outcome: 'set', groups: [group] })
    expect(await store.groups.permissionsOf(user)).toEqual({ own: [], ofGroups: ['blog.add'] })
    expect(await store.groups.delete(ONE_ID)).toBe(true)
  },
  'finds nothing by an id of another kind': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const group = await insertGroup(store, 'Editors', ['blog.add'])
    await store.groups.setGroups(ann.id, [group.id])
    for (const id of [`${group.id}`, `${group.id}x`, 1.5, Number.NaN]) {
      expect(await store.groups.find(id)).toBeNull()
      expect(await store.groups.update(id, { name: 'other' })).toEqual({ outcome: 'missed' })
      expect(await store.groups.delete(id)).toBe(false)
      expect(await store.groups.setGroups(ann.id, [id])).toEqual({ outcome: 'group-missed' })
      expect(await store.groups.setGroups(id, [])).toEqual({ outcome: 'user-missed' })
      expect(await store.groups.setPermissions(id, [])).toBe(false)
      expect(await store.groups.groupsOf(id)).toEqual([])
      expect(await store.groups.permissionsOf(id)).toEqual({ own: [], ofGroups: [] })
    }
    expect(await store.groups.groupsOf(ann.id)).toEqual([group])
  },
  'replaces the groups of a user, all of them or none': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const editors = await insertGroup(store, 'Editors', ['blog.add', 'blog.view'])
    const authors = await insertGroup(store, 'Authors')
    const both = { outcome: 'set', groups: [editors, authors] }
    expect(await store.groups.setGroups(ann.id, [authors.id, editors.id, authors.id])).toEqual(both)
    expect(await store.groups.setGroups(ann.id, [authors.id, 99])).toEqual({ outcome: 'group-missed' })
    expect(await store.groups.setGroups(99, [authors.id])).toEqual({ outcome: 'user-missed' })
    expect(await store.groups.groupsOf(ann.id)).toEqual([editors, authors])
    expect(await store.groups.setGroups(ann.id, [])).toEqual({ outcome: 'set', groups: [] })
    expect(await store.groups.groupsOf(ann.id)).toEqual([])
  },
  'replaces the permissions of a user, and tells them from those of the groups': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const editors = await insertGroup(store, 'Editors', ['blog.add', 'blog.view'])
    const authors = await insertGroup(store, 'Authors', ['blog.add', 'blog.draft'])
    await insertGroup(store, 'Strangers', ['blog.delete'])
    await store.groups.setGroups(ann.id, [editors.id, authors.id])
    expect(await store.groups.setPermissions(ann.id, ['blog.view', 'blog.pin', 'blog.view'])).toBe(true)
    const ofGroups = ['blog.add', 'blog.draft', 'blog.view']
    expect(await store.groups.permissionsOf(ann.id)).toEqual({ own: ['blog.pin', 'blog.view'], ofGroups })
    expect(await store.groups.setPermissions(ann.id, ['blog.view'])).toBe(true)
    expect(await store.groups.permissionsOf(ann.id)).toEqual({ own: ['blog.view'], ofGroups })
    expect(await store.groups.setPermissions(ann.id, [])).toBe(true)
    expect(await store.groups.permissionsOf(ann.id)).toEqual({ own: [], ofGroups })
    expect(await store.groups.setPermissions(99, ['blog.view'])).toBe(false)
    expect(await store.groups.permissionsOf(99)).toEqual({ own: [], ofGroups: [] })
  },
  'leaves a user with one of the lists that were set at once': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const groups = await atOnce(4, (index) => insertGroup(store, `group ${index}`))
    const ids = groups.map(({ id }) => id)
    const lists = [ids.slice(0, 2), ids.slice(2), ids.toReversed(), []]
    await Promise.all(lists.map((list) => store.groups.setGroups(ann.id, list)))
    const left = (await store.groups.groupsOf(ann.id)).map(({ id }) => id)
    expect(lists.map((list) => list.toSorted().join())).toContain(left.join())
    const names = [['a.a', 'a.b'], ['a.c'], ['a.b', 'a.c']]
    await Promise.all(names.map((list) => store.groups.setPermissions(ann.id, list)))
    expect(names).toContainEqual((await store.groups.permissionsOf(ann.id)).own)
  },
  'leaves nobody in a group that is deleted meanwhile': async (store) => {
    const users = await atOnce(5, (index) => insertNamed(store, `user${index}`))
    for (let round = 0; round < 3; round += 1) {
      const kept = await insertGroup(store, `kept ${round}`)
      const doomed = await insertGroup(store, `doomed ${round}`, ['blog.add'])
      const [results, isDeleted] = await Promise.all([
        Promise.all(users.map(({ id }) => store.groups.setGroups(id, [kept.id, doomed.id]))),
        store.groups.delete(doomed.id),
      ])
      expect(isDeleted).toBe(true)
      for (const [index, { outcome }] of results.entries()) {
        expect(['set', 'group-missed']).toContain(outcome)
        const { id } = users[index] ?? { id: 0 }
        const left = (await store.groups.groupsOf(id)).map((group) => group.id)
        expect(left.includes(kept.id)).toBe(outcome === 'set')
        expect(left).not.toContain(doomed.id)
        expect(await store.groups.permissionsOf(id)).toEqual({ own: [], ofGroups: [] })
      }
    }
  },
  'lets memberships and permissions go with their user or group, and no others': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const bob = await insertNamed(store, 'bob')
    const editors = await insertGroup(store, 'Editors', ['blog.add'])
    const authors = await insertGroup(store, 'Authors', ['blog.view'])
    for (const { id } of [ann, bob]) {
      await store.groups.setGroups(id, [editors.id, authors.id])
      await store.groups.setPermissions(id, ['blog.pin'])
    }
    await store.users.delete(ann.id)
    expect(await store.groups.groupsOf(ann.id)).toEqual([])
    expect(await store.groups.permissionsOf(ann.id)).toEqual({ own: [], ofGroups: [] })
    expect(await store.groups.delete(editors.id)).toBe(true)
    expect(await store.groups.delete(editors.id)).toBe(false)
    expect(await store.groups.groupsOf(bob.id)).toEqual([authors])
    expect(await store.groups.permissionsOf(bob.id)).toEqual({ own: ['blog.pin'], ofGroups: ['blog.view'] })
    expect(await store.groups.list({ after: null, limit: 9 })).toEqual([{ ...authors, memberCount: 1 }])
  },
}

async function insertUuidUser(store: Store): Promise<string> {
  const id = '5f0c7a11-58f7-4f0e-9d6f-1f2b5f0c7a11'
  await store.users.insert(newUser({ id }), { replacePendingBefore: new Date(0) })
  return id
}
