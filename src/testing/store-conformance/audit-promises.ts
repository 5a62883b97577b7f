import { expect } from 'vitest'
import type { AuditFilter, NewAuditEntry } from '../../model/audit.ts'
import type { Promises } from './promises.ts'
import { HOSTILE_TEXTS, insertNamed, later, NOW } from './store-samples.ts'

/** How what operators do is written down and listed. */
export const auditPromises: Promises = {
  'lists entries as they were inserted, newest first': async (store) => {
    const full = newEntry({ at: later(1), changes: [{ field: 'status', from: 'active', to: null }] })
    const bare = newEntry({
      at: later(2),
      actorId: null,
      actorName: null,
      address: null,
      object: { kind: 'lock', id: null, name: null },
    })
    const early = newEntry()
    for (const entry of [full, bare, early]) await store.audit.insert(entry)
    const listed = await store.audit.list({ limit: 10 })
    expect(listed).toEqual([bare, full, early].map((one) => ({ ...one, id: expect.anything() })))
    expect(new Set(listed.map(({ id }) => id)).size).toBe(3)
    expect(await store.audit.list({ limit: 0 })).toEqual([])
  },
  'filters by every condition, and by all given ones together': async (store) => {
    const wanted = newEntry({ at: later(5), actorId: '7', action: 'user.deleted', object: userObject('9') })
    const others: readonly Partial<NewAuditEntry>[] = [
      { actorId: '8' },
      { action: 'user.updated' },
      { object: userObject('10') },
      { object: { kind: 'group', id: '9', name: null } },
      { at: later(4) },
      { at: later(6) },
    ]
    for (const other of others) await store.audit.insert({ ...wanted, ...other })
    await store.audit.insert(wanted)
    const cases: readonly [Omit<AuditFilter, 'limit'>, number][] = [
      [{ actorId: '7' }, 6],
      [{ action: 'user.deleted' }, 6],
      [{ object: { kind: 'user', id: '9' } }, 5],
      [{ since: later(5) }, 6],
      [{ until: later(6) }, 6],
      [
        { since: later(5), until: later(6), actorId: '7', action: 'user.deleted', object: { kind: 'user', id: '9' } },
        1,
      ],
      [{ actorId: 'nobody' }, 0],
    ]
    for (const [filter, count] of cases) {
      expect(await store.audit.list({ ...filter, limit: 10 }), JSON.stringify(filter)).toHaveLength(count)
    }
  },
  'gives every entry once, page by page, whatever is added meanwhile': async (store) => {
    const names = ['a', 'b', 'c', 'd', 'e']
    for (const [index, name] of names.entries()) {
      await store.audit.insert(newEntry({ actorName: name, at: later(Math.floor(index / 3)) }))
    }
    const seen: (string | null)[] = []
    let page = await store.audit.list({ limit: 2 })
    while (page.length > 0) {
      seen.push(...page.map(({ actorName }) => actorName))
      await store.audit.insert(newEntry({ at: later(9) }))
      const before = page.at(-1)
      page = before === undefined ? [] : await store.audit.list({ limit: 2, before })
    }
    expect(seen).toEqual(names.toReversed())
  },
  'keeps entries about users who are gone, and hostile texts as they are': async (store) => {
    const user = await insertNamed(store, 'ann')
    await store.audit.insert(newEntry({ actorId: String(user.id), object: userObject(String(user.id)) }))
    await store.users.delete(user.id)
    expect(await store.audit.list({ actorId: String(user.id), limit: 5 })).toHaveLength(1)
    for (const text of HOSTILE_TEXTS) {
      const entry = newEntry({ actorName: text, changes: [{ field: text, from: text, to: { [text]: [text] } }] })
      await store.audit.insert({ ...entry, actorId: 'hostile', object: { ...entry.object, name: text } })
    }
    const listed = await store.audit.list({ actorId: 'hostile', limit: 20 })
    expect(listed.map(({ actorName }) => actorName).toReversed()).toEqual(HOSTILE_TEXTS)
    expect(listed.map(({ changes }) => changes[0]?.to).toReversed()).toEqual(
      HOSTILE_TEXTS.map((text) => ({ [text]: [text] })),
    )
  },
  'deletes entries of before the moment, the oldest first, in batches': async (store) => {
    for (const minutes of [1, 2, 3, 4]) await store.audit.insert(newEntry({ at: later(minutes) }))
    expect(await store.audit.deleteBefore(later(4), 2)).toBe(2)
    expect((await store.audit.list({ limit: 9 })).map(({ at }) => at)).toEqual([later(4), later(3)])
    expect(await store.audit.deleteBefore(later(4), 2)).toBe(1)
    expect(await store.audit.deleteBefore(later(4), 2)).toBe(0)
  },
}

const userObject = (id: string) => ({ kind: 'user', id, name: 'bob' }) as const

function newEntry(changes: Partial<NewAuditEntry> = {}): NewAuditEntry {
  return {
    at: NOW,
    actorId: '1',
    actorName: 'ann',
    door: 'admin',
    address: '192.0.2.1',
    action: 'user.updated',
    object: userObject('2'),
    changes: [],
    ...changes,
  }
}
