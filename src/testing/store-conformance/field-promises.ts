import { expect } from 'vitest'
import type { Store, StoreSchema } from '../../contracts/store.ts'
import { field } from '../../model/declare-field.ts'
import type { FieldValues } from '../../model/field.ts'
import type { Promises } from './promises.ts'
import {
  HOSTILE_TEXTS,
  insertNamed,
  insertSession,
  insertUser,
  LONG_AGO,
  later,
  NOW,
  newUser,
  UNKEEPABLE_TEXTS,
} from './store-samples.ts'

const FIELDS = {
  nickName: field.text(),
  score: field.number(),
  visits: field.number({ integer: true }),
  likesMail: field.boolean(),
  bornAt: field.date(),
  plan: field.enum({ choices: ['free', 'paid'] }),
  settings: field.json(),
} satisfies StoreSchema['fields']

const VALUES: FieldValues = {
  nickName: 'Annie',
  score: -0.1,
  visits: Number.MAX_SAFE_INTEGER,
  likesMail: true,
  bornAt: new Date(-86_400_001),
  plan: 'paid',
  settings: { theme: ['dark', { contrast: 1.5 }], on: false },
}

const NULLS: FieldValues = Object.fromEntries(Object.keys(FIELDS).map((name) => [name, null]))

const UNIQUE_FIELDS = {
  badge: field.text({ unique: true }),
  number: field.number({ integer: true, unique: true }),
  share: field.number({ unique: true }),
  bornAt: field.date({ unique: true }),
  seat: field.enum({ choices: ['front', 'back'], unique: true }),
} satisfies StoreSchema['fields']

const UNIQUE_VALUES: FieldValues = { badge: 'Größe', number: 7, share: 0.1, bornAt: later(1), seat: 'back' }

/** How the application's own fields and profiles are kept. */
export const fieldPromises: Promises = {
  'keeps a value of every kind, and none of any': async (_store, open) => {
    const store = await open({ fields: FIELDS })
    const ann = await insertNamed(store, 'ann', { fields: VALUES })
    const bob = await insertNamed(store, 'bob', { fields: { nickName: null } })
    expect((await store.users.findById(ann.id))?.fields).toEqual(VALUES)
    expect((await store.users.findById(bob.id))?.fields).toEqual(NULLS)
  },
  'gives fields and profiles with every way to find a user': async (_store, open) => {
    const store = await open({ fields: FIELDS, profiles: { author: FIELDS, editor: FIELDS } })
    const user = await insertUser(store, { fields: VALUES, profiles: { editor: VALUES } })
    expect(user).toMatchObject({ fields: VALUES, profiles: { author: null, editor: VALUES } })
    const { digest } = await insertSession(store, user)
    const found = [
      await store.users.findById(user.id),
      ...(await store.users.findByIdentifier('ann', ['username', 'email'], 5)),
      ...(await store.users.findByIdentifier('ann@example.org', ['email'], 5)),
      (await store.sessions.find({ digest }))?.user,
      (await store.sessions.find({ id: 'session' }))?.user,
    ]
    for (const one of found) expect(one).toEqual(user)
  },
  'stores the default where nothing is given, and null where null is given': async (_store, open) => {
    const fields = {
      text: field.text({ default: "it's 'fine'; --" }),
      number: field.number({ default: 0 }),
      boolean: field.boolean({ default: false }),
      date: field.date({ default: NOW }),
      choice: field.enum({ choices: ['a', 'b'], default: 'b' }),
      json: field.json({ default: { "it's": [1] } }),
    }
    const store = await open({ fields, profiles: { author: fields } })
    const defaults = Object.fromEntries(Object.entries(fields).map(([name, { default: value }]) => [name, value]))
    const ann = await insertNamed(store, 'ann', { profiles: { author: {} } })
    expect(ann).toMatchObject({ fields: defaults, profiles: { author: defaults } })
    const bob = await insertNamed(store, 'bob', { fields: { text: null, json: null } })
    expect(bob.fields).toEqual({ ...defaults, text: null, json: null })
  },
  'keeps hostile texts as they are, and refuses what it cannot keep': async (_store, open) => {
    const store = await open({ fields: FIELDS })
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      const fields = { nickName: text, settings: { [text]: text } }
      expect((await insertNamed(store, `${index}`, { fields })).fields).toMatchObject(fields)
    }
    for (const text of UNKEEPABLE_TEXTS) {
      const refused = insertNamed(store, 'refused', { fields: { nickName: text } })
      await expect(refused).rejects.toMatchObject({ code: 'malformed_request' })
    }
  },
  'merges changed fields into the others': async (_store, open) => {
    const store = await open({ fields: FIELDS })
    const { id } = await insertNamed(store, 'ann', { fields: VALUES })
    const fields = { nickName: null, score: 7, settings: [] }
    const result = await store.users.update(id, { fields })
    expect(result).toMatchObject({ outcome: 'updated', user: { username: 'ann', fields: { ...VALUES, ...fields } } })
  },
  'begins a profile with the first change of it, and merges later ones': async (_store, open) => {
    const store = await open({ profiles: { author: { bio: field.text({ default: 'none' }), books: field.number() } } })
    const { id } = await insertNamed(store, 'ann')
    const change = async (fields: FieldValues) => {
      await store.users.update(id, { profiles: { author: fields } })
      return (await store.users.findById(id))?.profiles['author']
    }
    expect(await change({ books: 1 })).toEqual({ bio: 'none', books: 1 })
    expect(await change({})).toEqual({ bio: 'none', books: 1 })
    expect(await change({ bio: null })).toEqual({ bio: null, books: 1 })
  },
  'deletes profiles with their user': async (_store, open) => {
    const store = await open({ profiles: { author: { penName: field.text({ unique: true }) } } })
    const profiles = { author: { penName: 'Currer' } }
    const ann = await insertNamed(store, 'ann', { profiles })
    expect(await store.users.delete(ann.id)).toBe(true)
    expect(await insertNamed(store, 'bob', { profiles })).toMatchObject({ profiles })
  },
  'refuses fields and profiles that nobody declared': async (store) => {
    await expect(insertNamed(store, 'ann', { fields: { isAdmin: true } })).rejects.toThrow(TypeError)
    await expect(insertNamed(store, 'ann', { profiles: { author: {} } })).rejects.toThrow(TypeError)
    const { id } = await insertNamed(store, 'bob')
    await expect(store.users.update(id, { fields: { isAdmin: true } })).rejects.toThrow(TypeError)
    await expect(store.users.update(id, { profiles: { author: {} } })).rejects.toThrow(TypeError)
  },
  'lets no two users share a unique value, and names the field': async (_store, open) => {
    const store = await open({
      fields: { badge: field.text({ unique: true }), number: field.number({ integer: true, unique: true }) },
      profiles: { author: { penName: field.text({ unique: true }) } },
    })
    const ann = await insertNamed(store, 'ann', {
      fields: { badge: 'Größe', number: 7 },
      profiles: { author: { penName: 'Currer' } },
    })
    const bob = await insertNamed(store, 'bob', { fields: { badge: null, number: null }, profiles: { author: {} } })
    const taken = [
      { change: { fields: { badge: 'GRÖSSE' } }, field: 'badge' },
      { change: { fields: { number: 7 } }, field: 'number' },
      { change: { profiles: { author: { penName: 'CURRER' } } }, field: 'author.penName' },
    ]
    for (const { change, field: name } of taken) {
      const eve = newUser({ username: 'eve', email: null, ...change })
      const conflict = { outcome: 'conflict', field: name }
      expect(await store.users.insert(eve, { replacePendingBefore: LONG_AGO })).toEqual(conflict)
      expect(await store.users.update(bob.id, change)).toEqual(conflict)
      expect(await store.users.update(ann.id, change)).toMatchObject({ outcome: 'updated' })
    }
    expect(await store.users.findByIdentifier('eve', ['username'], 1)).toEqual([])
    expect(await store.users.findById(bob.id)).toEqual(bob)
    expect(await insertDeclared(store, { badge: null, number: null })).toMatchObject({ fields: { badge: null } })
  },
  'finds users by the value of a unique field, compared as the rule compares it': async (_store, open) => {
    const store = await open({ fields: UNIQUE_FIELDS, profiles: { author: { penName: field.text({ unique: true }) } } })
    const ann = await insertNamed(store, 'ann', { fields: UNIQUE_VALUES, profiles: { author: { penName: 'Currer' } } })
    await insertNamed(store, 'bob', { profiles: { author: { penName: 'Ellis' } } })
    for (const [name, value] of Object.entries({ ...UNIQUE_VALUES, badge: 'GRÖSSE', 'author.penName': 'CURRER' })) {
      expect(await store.users.findByField(name, value, 5), name).toEqual([ann])
      expect(await store.users.findByField(name, value, 0), name).toEqual([])
    }
    await expect(store.users.findByField('badge', 'Größe', -1)).rejects.toThrow(TypeError)
  },
  'finds nobody by no value, or by a value that the field cannot have': async (_store, open) => {
    const store = await open({ fields: UNIQUE_FIELDS })
    await insertNamed(store, 'ann', { fields: { ...UNIQUE_VALUES, badge: '7' } })
    await insertNamed(store, 'bob')
    const misfits = [null, '', '7 ', '7x', '%', 8, 7.5, Number.NaN, true, {}, ['7'], new Date(Number.NaN)]
    for (const name of Object.keys(UNIQUE_FIELDS)) {
      for (const value of [...misfits, ...UNKEEPABLE_TEXTS]) {
        expect(await store.users.findByField(name, value, 5), `${name}: ${value}`).toEqual([])
      }
    }
    expect(await store.users.findByField('badge', 7, 5)).toEqual([])
    expect(await store.users.findByField('number', '7', 5)).toEqual([])
  },
  'refuses to look users up by a field that is not unique, or not there': async (_store, open) => {
    const store = await open({ fields: FIELDS, profiles: { author: { bio: field.text() } } })
    for (const name of ['nickName', 'author.bio', 'author', 'username', 'password_hash', '', '__proto__']) {
      await expect(store.users.findByField(name, 'x', 1), name).rejects.toThrow(TypeError)
    }
  },
  'replaces an old pending holder of a unique field, and no other': async (_store, open) => {
    const store = await open({ fields: { badge: field.text({ unique: true }) } })
    const fields = { badge: 'B1' }
    await insertNamed(store, 'squatter', { fields, status: 'pending', dateJoined: later(-1) })
    const insert = (replacePendingBefore: Date) => store.users.insert(newUser({ fields }), { replacePendingBefore })
    expect(await insert(later(-1))).toEqual({ outcome: 'conflict', field: 'badge' })
    expect(await insert(NOW)).toMatchObject({ outcome: 'inserted', user: { fields } })
  },
  'changes nothing of a user whose profile conflicts': async (_store, open) => {
    const store = await open({ profiles: { author: { penName: field.text({ unique: true }) } } })
    await insertNamed(store, 'ann', { profiles: { author: { penName: 'Currer' } } })
    const bob = await insertNamed(store, 'bob')
    const changes = { firstName: 'Robert', profiles: { author: { penName: 'currer' } } }
    expect(await store.users.update(bob.id, changes)).toEqual({ outcome: 'conflict', field: 'author.penName' })
    expect(await store.users.findById(bob.id)).toEqual(bob)
  },
}

async function insertDeclared(store: Store, fields: FieldValues) {
  return insertNamed(store, 'declared', { fields })
}
