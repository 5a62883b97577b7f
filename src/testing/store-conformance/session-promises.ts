import { expect } from 'vitest'
import { farEnd } from '../../model/session.ts'
import type { Promises } from './promises.ts'
import {
  atOnce,
  digestOf,
  HOSTILE_TEXTS,
  insertNamed,
  insertSession,
  later,
  MINUTE,
  NOW,
  sessionOf,
} from './store-samples.ts'

const END = later(10 * MINUTE)

/** What a session has that only its user ends: the latest moment that there is. */
const UNENDING = { carrier: 'user-token', idleExpiresAt: farEnd(), expiresAt: farEnd() } as const

/** How sessions begin, are found, renewed and ended. */
export const sessionPromises: Promises = {
  'finds a session with its user by digest and by id': async (store) => {
    const user = await insertNamed(store, 'ann')
    await insertSession(store, await insertNamed(store, 'bob'), { id: 'of somebody else' })
    const session = await insertSession(store, user, { generation: 3, rotatedAt: later(5), carrier: 'jwt' })
    expect(await store.sessions.find({ digest: session.digest })).toEqual({ session, user })
    expect(await store.sessions.find({ id: session.id })).toEqual({ session, user })
  },
  'finds a session without address and agent, expired or not, whatever became of the user': async (store) => {
    const user = await insertNamed(store, 'ann')
    const changes = { address: null, userAgent: null, idleExpiresAt: later(-2), expiresAt: later(-1) }
    const session = await insertSession(store, user, changes)
    await store.users.update(user.id, { status: 'disabled' })
    expect(await store.sessions.find({ id: 'session' })).toEqual({ session, user: { ...user, status: 'disabled' } })
  },
  'finds nothing under another digest or id': async (store) => {
    const user = await insertNamed(store, 'ann')
    const { digest } = await insertSession(store, user)
    const others = [digest.subarray(1), digest.map((byte, at) => (at === 31 ? byte ^ 1 : byte)), new Uint8Array(0)]
    for (const other of others) expect(await store.sessions.find({ digest: other })).toBeNull()
    for (const id of ['SESSION', 'session ', 'sessio', '%', '']) expect(await store.sessions.find({ id })).toBeNull()
  },
  'keeps hostile texts as they are': async (store) => {
    const user = await insertNamed(store, 'ann')
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      const session = await insertSession(store, user, { id: `${index}${text}`, userAgent: text, address: text })
      expect(await store.sessions.find({ id: session.id })).toMatchObject({ session })
    }
  },
  'begins a session only for an active user in the epoch of the proof': async (store) => {
    const pending = await insertNamed(store, 'pending', { status: 'pending' })
    const disabled = await insertNamed(store, 'disabled', { status: 'disabled' })
    const gone = await insertNamed(store, 'gone')
    await store.users.delete(gone.id)
    const proven = await insertNamed(store, 'ann')
    await store.users.update(proven.id, { passwordHash: 'new' }, { endSessions: 'all' })
    for (const user of [pending, disabled, gone, proven]) {
      expect(await store.sessions.insert(sessionOf(user), user), `${user.username}`).toBe(false)
    }
    expect(await store.sessions.find({ id: 'session' })).toBeNull()
    expect(await store.sessions.insert(sessionOf(proven), { sessionEpoch: 1 })).toBe(true)
  },
  'begins one session under a handle, and gives it to all who ask at once': async (store) => {
    const user = await insertNamed(store, 'ann')
    const ask = (index: number) => {
      const session = sessionOf(user, { digest: digestOf(`${index}`), generation: index, ...UNENDING })
      return store.sessions.findOrInsert(session, user)
    }
    const [first, ...others] = await atOnce(20, ask)
    expect(first).toMatchObject({ id: 'session', userId: user.id, ...UNENDING })
    expect(first?.digest).toEqual(digestOf(`${first?.generation}`))
    for (const other of others) expect(other).toEqual(first)
    expect(await store.sessions.find({ id: 'session' })).toEqual({ session: first, user })
    expect(await ask(99)).toEqual(first)
  },
  'gives the session under a handle only to an active user in the epoch of the proof': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const pending = await insertNamed(store, 'pending', { status: 'pending' })
    const gone = await insertNamed(store, 'gone')
    await store.users.delete(gone.id)
    for (const user of [pending, gone]) expect(await store.sessions.findOrInsert(sessionOf(user), user)).toBeNull()
    const session = await insertSession(store, ann)
    expect(await store.sessions.findOrInsert(sessionOf(ann), { sessionEpoch: 1 })).toBeNull()
    await store.users.update(ann.id, {}, { endSessions: { except: 'session' } })
    expect(await store.sessions.findOrInsert(sessionOf(ann), ann)).toBeNull()
    expect(await store.sessions.findOrInsert(sessionOf(ann), { sessionEpoch: 1 })).toEqual(session)
    await store.users.update(ann.id, { status: 'disabled' })
    expect(await store.sessions.findOrInsert(sessionOf(ann), { sessionEpoch: 1 })).toBeNull()
    expect(await store.sessions.find({ id: 'session' })).toMatchObject({ session })
  },
  'replaces the session of a digest once, and leaves others alone': async (store) => {
    const user = await insertNamed(store, 'ann')
    const old = await insertSession(store, user)
    const other = await insertSession(store, user, { id: 'other' })
    const replace = (index: number) => {
      const session = sessionOf(user, { digest: digestOf(`${index}`), generation: index })
      return store.sessions.findOrInsert(session, user, { insteadOf: old.digest })
    }
    const [first, ...others] = await atOnce(20, replace)
    expect(first?.digest).toEqual(digestOf(`${first?.generation}`))
    for (const one of others) expect(one).toEqual(first)
    expect(await store.sessions.find({ digest: old.digest })).toBeNull()
    expect(await store.sessions.find({ id: other.id })).toEqual({ session: other, user })
    expect(await store.sessions.findOrInsert(sessionOf(user), user, { insteadOf: other.digest })).toEqual(first)
    expect(await store.sessions.find({ id: other.id })).not.toBeNull()
  },
  'refuses a second session with one digest or id': async (store) => {
    const user = await insertNamed(store, 'ann')
    const session = await insertSession(store, user)
    await expect(store.sessions.insert({ ...session, id: 'other' }, user)).rejects.toThrow()
    await expect(store.sessions.insert({ ...session, digest: digestOf('other') }, user)).rejects.toThrow()
  },
  'lists the live sessions of one user, latest use first': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const early = await insertSession(store, ann, { id: 'early', lastUsedAt: later(1) })
    const late = await insertSession(store, ann, { id: 'late', lastUsedAt: later(2) })
    await insertSession(store, await insertNamed(store, 'bob'), { id: 'of somebody else' })
    expect(await store.sessions.listForUser(ann.id, NOW)).toEqual([late, early])
  },
  'lists a session up to the millisecond before either end': async (store) => {
    const user = await insertNamed(store, 'ann')
    await insertSession(store, user, { id: 'idle', idleExpiresAt: END })
    await insertSession(store, user, { id: 'absolute', idleExpiresAt: END, expiresAt: END })
    expect(await store.sessions.listForUser(user.id, later(10 * MINUTE - 1))).toHaveLength(2)
    expect(await store.sessions.listForUser(user.id, END)).toEqual([])
  },
  'names the live sessions behind the latest used, and no others': async (store) => {
    const ann = await insertNamed(store, 'ann')
    await insertSession(store, ann, { id: 'early', lastUsedAt: later(1) })
    await insertSession(store, ann, { id: 'middle', lastUsedAt: later(2) })
    await insertSession(store, ann, { id: 'late', lastUsedAt: later(3) })
    await insertSession(store, ann, { id: 'ended', lastUsedAt: NOW, idleExpiresAt: later(4) })
    await insertSession(store, await insertNamed(store, 'bob'), { id: 'of somebody else' })
    expect(await store.sessions.listSurplus(ann.id, later(5), 1)).toEqual(['middle', 'early'])
    expect(await store.sessions.listSurplus(ann.id, later(5), 3)).toEqual([])
    expect(await store.sessions.listSurplus(ann.id, later(5), 0)).toEqual(['late', 'middle', 'early'])
  },
  'never names the one token of a user among the sessions that are too many': async (store) => {
    const ann = await insertNamed(store, 'ann')
    await insertSession(store, ann, { id: 'the token', carrier: 'user-token', lastUsedAt: later(2) })
    await insertSession(store, ann, { id: 'early', carrier: 'simple-jwt', lastUsedAt: later(1) })
    await insertSession(store, ann, { id: 'late', lastUsedAt: later(3) })
    expect(await store.sessions.listSurplus(ann.id, later(5), 0)).toEqual(['late', 'early'])
    expect(await store.sessions.listSurplus(ann.id, later(5), 1)).toEqual(['early'])
    expect(await store.sessions.listSurplus(ann.id, later(5), 2)).toEqual([])
  },
  'moves uses forward, never back, and only where the session still exists': async (store) => {
    const user = await insertNamed(store, 'ann')
    const session = await insertSession(store, user, { lastUsedAt: later(10), idleExpiresAt: later(100) })
    const later1 = { lastUsedAt: later(20), idleExpiresAt: later(200) }
    const untouched = await insertSession(store, user, { id: 'untouched' })
    await store.sessions.touch([])
    await store.sessions.touch([
      { id: 'gone', ...later1 },
      { id: session.id, ...later1 },
    ])
    expect(await store.sessions.find({ id: 'session' })).toMatchObject({ session: { ...session, ...later1 } })
    await store.sessions.touch([{ id: session.id, lastUsedAt: later(15), idleExpiresAt: later(150) }])
    expect(await store.sessions.find({ id: 'session' })).toMatchObject({ session: { ...session, ...later1 } })
    await store.sessions.touch([{ id: session.id, lastUsedAt: later(15), idleExpiresAt: later(300) }])
    expect(await store.sessions.find({ id: 'session' })).toMatchObject({
      session: { lastUsedAt: later(20), idleExpiresAt: later(300) },
    })
    expect(await store.sessions.find({ id: 'gone' })).toBeNull()
    expect(await store.sessions.find({ id: 'untouched' })).toMatchObject({ session: untouched })
  },
  'rotates a generation exactly once': async (store) => {
    const session = await insertSession(store, await insertNamed(store, 'ann'), { carrier: 'jwt' })
    const change = { generation: 0, now: later(MINUTE), idleExpiresAt: later(11 * MINUTE) }
    const results = await atOnce(20, () => store.sessions.rotate(session.id, change))
    const rotated = { generation: 1, rotatedAt: later(MINUTE), idleExpiresAt: later(11 * MINUTE) }
    expect(results.filter((result) => result !== null)).toMatchObject([{ ...rotated, digest: session.digest }])
    expect(await store.sessions.find({ id: session.id })).toMatchObject({ session: rotated })
    expect(await store.sessions.rotate(session.id, { ...change, generation: 1 })).toMatchObject({ generation: 2 })
  },
  'rotates neither another generation nor a session that is gone': async (store) => {
    const session = await insertSession(store, await insertNamed(store, 'ann'), { generation: 5 })
    for (const generation of [0, 4, 6]) {
      expect(await store.sessions.rotate(session.id, { generation, now: NOW, idleExpiresAt: END })).toBeNull()
    }
    expect(await store.sessions.rotate('gone', { generation: 5, now: NOW, idleExpiresAt: END })).toBeNull()
    expect(await store.sessions.find({ id: session.id })).toMatchObject({ session })
  },
  'rotates up to the millisecond before either end': async (store) => {
    const user = await insertNamed(store, 'ann')
    const ends = { idle: { idleExpiresAt: END }, absolute: { idleExpiresAt: END, expiresAt: END } }
    for (const [id, end] of Object.entries(ends)) {
      await insertSession(store, user, { id, ...end })
      const change = { generation: 0, idleExpiresAt: END }
      expect(await store.sessions.rotate(id, { ...change, now: END }), id).toBeNull()
      expect(await store.sessions.rotate(id, { ...change, now: later(10 * MINUTE - 1) }), id).not.toBeNull()
    }
  },
  'deletes a session for its owner alone': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const bob = await insertNamed(store, 'bob')
    await insertSession(store, ann)
    expect(await store.sessions.delete('session', bob.id)).toBe(false)
    expect(await store.sessions.find({ id: 'session' })).not.toBeNull()
    expect(await store.sessions.delete('session', ann.id)).toBe(true)
    expect(await store.sessions.delete('session', ann.id)).toBe(false)
    expect(await store.sessions.find({ id: 'session' })).toBeNull()
  },
  'deletes the sessions of a user: all, all but one, those of one carrier': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const insertAll = async () => {
      for (const carrier of ['cookie', 'token', 'jwt'] as const)
        await insertSession(store, ann, { id: carrier, carrier })
    }
    const remaining = async () => (await store.sessions.listForUser(ann.id, NOW)).map(({ id }) => id).toSorted()
    await insertSession(store, await insertNamed(store, 'bob'), { id: 'of somebody else' })
    await insertAll()
    expect(await store.sessions.deleteForUser(ann.id, { carrier: 'jwt' })).toBe(1)
    expect(await remaining()).toEqual(['cookie', 'token'])
    expect(await store.sessions.deleteForUser(ann.id, { except: 'cookie', carrier: 'cookie' })).toBe(0)
    expect(await store.sessions.deleteForUser(ann.id, { except: 'token' })).toBe(1)
    expect(await remaining()).toEqual(['token'])
    expect(await store.sessions.deleteForUser(ann.id)).toBe(1)
    expect(await store.sessions.deleteForUser(ann.id)).toBe(0)
    await insertAll()
    expect(await store.sessions.deleteForUser(ann.id)).toBe(3)
    expect(await store.sessions.find({ id: 'of somebody else' })).not.toBeNull()
  },
  'deletes sessions that expired before the moment, in batches': async (store) => {
    const user = await insertNamed(store, 'ann')
    for (let index = 0; index < 5; index += 1) {
      await insertSession(store, user, { id: `${index}`, idleExpiresAt: later(-1) })
    }
    await insertSession(store, user, { id: 'expires now', idleExpiresAt: NOW })
    await insertSession(store, user, { id: 'live' })
    expect(await store.sessions.deleteExpired(NOW, 3)).toBe(3)
    expect(await store.sessions.deleteExpired(NOW, 3)).toBe(2)
    expect(await store.sessions.deleteExpired(NOW, 3)).toBe(0)
    for (const id of ['expires now', 'live']) expect(await store.sessions.find({ id }), id).not.toBeNull()
  },
}
