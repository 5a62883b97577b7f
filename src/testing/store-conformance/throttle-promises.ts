import { expect } from 'vitest'
import type { Store } from '../../contracts/store.ts'
import type { ThrottleEntry } from '../../contracts/throttle-store.ts'
import type { Promises } from './promises.ts'
import { atOnce, HOSTILE_TEXTS, later, MINUTE, NOW } from './store-samples.ts'

/** How counters and locks are kept. */
export const throttlePromises: Promises = {
  'hands over the entries in the order of the keys and writes what the step makes of them': async (store) => {
    const one = entry('one', { lockedUntil: later(5) })
    const two = entry('two', { expiresAt: later(7) })
    const seen: unknown[] = []
    const result = await store.throttles.update(['b', 'a'], (entries) => {
      seen.push(entries)
      return { entries: [two, one], result: 'done' }
    })
    expect(result).toBe('done')
    expect(seen.at(-1)).toEqual([null, null])
    expect(await read(store, ['a', 'b', 'c'])).toEqual([one, two, null])
  },
  'deletes an entry that becomes null and leaves an unchanged one': async (store) => {
    await write(store, { a: entry('a'), b: entry('b') })
    await store.throttles.update(['a', 'b'], ([a = null]) => ({ entries: [a, null], result: null }))
    expect(await read(store, ['a', 'b'])).toEqual([entry('a'), null])
  },
  'counts exactly however many calls come at once': async (store) => {
    await atOnce(100, () => increment(store, ['counter', 'other']))
    expect(await read(store, ['counter', 'other'])).toMatchObject([{ state: '100' }, { state: '100' }])
  },
  'holds keys that are not there yet: of many steps over two of them one alone sees neither': async (store) => {
    const seen = await atOnce(20, (index) =>
      store.throttles.update(index % 2 ? ['a', 'b'] : ['b', 'a'], ([first = null, second = null]) => {
        const isFirst = first === null && second === null
        // Each writes only one of the keys that it looked at.
        return { entries: [isFirst ? entry(`${index}`) : first, second], result: isFirst }
      }),
    )
    expect(seen.filter((isFirst) => isFirst)).toHaveLength(1)
  },
  'hands over expired entries, too': async (store) => {
    await write(store, { old: entry('old', { expiresAt: new Date(0) }) })
    expect(await read(store, ['old'])).toMatchObject([{ state: 'old' }])
  },
  'writes nothing when the step throws': async (store) => {
    await write(store, { a: entry('before') })
    const failing = store.throttles.update(['a'], () => {
      throw new Error('the step failed')
    })
    await expect(failing).rejects.toThrow('the step failed')
    expect(await read(store, ['a'])).toMatchObject([{ state: 'before' }])
    expect(await increment(store, ['b'])).toBe(1)
  },
  'refuses a step that names a key twice or forgets one': async (store) => {
    await expect(increment(store, ['a', 'a'])).rejects.toThrow(TypeError)
    const forgetful = store.throttles.update(['a', 'b'], () => ({ entries: [entry('a')], result: null }))
    await expect(forgetful).rejects.toThrow(TypeError)
    expect(await read(store, ['a', 'b'])).toEqual([null, null])
  },
  'keeps hostile keys and states apart, byte for byte': async (store) => {
    const keys = [...HOSTILE_TEXTS, 'key', 'KEY', 'key ', 'kéy', 'ke\u0301y']
    await write(store, Object.fromEntries(keys.map((key) => [key, entry(key)])))
    expect(await read(store, keys)).toEqual(keys.map((key) => entry(key)))
  },
  'deletes exactly the named keys': async (store) => {
    await write(store, { a: entry('a'), ab: entry('ab'), A: entry('A') })
    await store.throttles.delete(['a', 'unknown'])
    await store.throttles.delete([])
    expect(await read(store, ['a', 'ab', 'A'])).toEqual([null, entry('ab'), entry('A')])
  },
  'lists what is locked, the longest lock first': async (store) => {
    await write(store, {
      short: entry('', { lockedUntil: later(1) }),
      long: entry('', { lockedUntil: later(9) }),
      over: entry('', { lockedUntil: NOW }),
      counting: entry(''),
    })
    const long = { key: 'long', lockedUntil: later(9) }
    expect(await store.throttles.listLocked(NOW, 10)).toEqual([long, { key: 'short', lockedUntil: later(1) }])
    expect(await store.throttles.listLocked(NOW, 1)).toEqual([long])
  },
  'lists what is locked page by page, whatever became of the last key meanwhile': async (store) => {
    const locks = { a: later(3), b: later(2), B: later(2), c: later(2), d: later(1), over: NOW }
    await write(
      store,
      Object.fromEntries(Object.entries(locks).map(([key, lockedUntil]) => [key, entry('', { lockedUntil })])),
    )
    const all = await store.throttles.listLocked(NOW, 10)
    expect(all.map(({ key }) => key)).toEqual(['a', 'B', 'b', 'c', 'd'])
    const seen = []
    for (let page = await store.throttles.listLocked(NOW, 2); page.length > 0; ) {
      seen.push(...page)
      const last = page.at(-1)
      await store.throttles.delete(page.map(({ key }) => key))
      page = last === undefined ? [] : await store.throttles.listLocked(NOW, 2, last)
    }
    expect(seen).toEqual(all)
  },
  'deletes by a prefix, byte for byte, and tells how many': async (store) => {
    const inside = ['p+', 'p+a', 'p+\u{10ffff}', 'p+\u007f', 'p+%']
    const outside = ['p', 'P+a', 'p,', 'p*', 'pp+', 'q']
    await write(store, Object.fromEntries([...inside, ...outside].map((key) => [key, entry(key)])))
    expect(await store.throttles.deleteByPrefix('p+')).toBe(inside.length)
    expect(await store.throttles.deleteByPrefix('p+')).toBe(0)
    expect((await read(store, inside)).every((one) => one === null)).toBe(true)
    expect((await read(store, outside)).every((one) => one !== null)).toBe(true)
    for (const prefix of ['', 'p\u007f', 'pé']) {
      await expect(store.throttles.deleteByPrefix(prefix), prefix).rejects.toThrow(TypeError)
    }
  },
  'deletes by a prefix each entry once, however many do so at once': async (store) => {
    const keys = Array.from({ length: 50 }, (_, index) => `p+${index}`)
    await write(store, Object.fromEntries(keys.map((key) => [key, entry(key)])))
    const counts = await atOnce(10, () => store.throttles.deleteByPrefix('p+'))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(keys.length)
  },
  'purges what expired before the moment': async (store) => {
    await write(store, {
      old: entry('', { expiresAt: later(-1) }),
      now: entry('', { expiresAt: NOW }),
      live: entry(''),
    })
    expect(await store.throttles.purge(NOW, { cappedPrefix: 'u:', maxEntries: 10 })).toBe(1)
    expect(await store.throttles.purge(NOW, { cappedPrefix: 'u:', maxEntries: 10 })).toBe(0)
    expect(await read(store, ['old', 'now', 'live'])).toMatchObject([null, { expiresAt: NOW }, { state: '' }])
  },
  'caps the entries of a prefix: the oldest go, locked ones and others never': async (store) => {
    await write(store, {
      'u:1 locked': entry('', { expiresAt: later(1), lockedUntil: later(1) }),
      'u:2 was locked': entry('', { expiresAt: later(2), lockedUntil: NOW }),
      'u:3 counting': entry('', { expiresAt: later(3) }),
      'u:4 newest': entry('', { expiresAt: later(4) }),
      'u:\u{10ffff} is capped, too': entry('', { expiresAt: later(2) }),
      'u;not capped': entry('', { expiresAt: later(1) }),
      U: entry('', { expiresAt: later(1) }),
    })
    expect(await store.throttles.purge(NOW, { cappedPrefix: 'u:', maxEntries: 2 })).toBe(3)
    const kept = await read(store, ['u:1 locked', 'u:4 newest', 'u;not capped', 'U'])
    expect(kept.every((one) => one !== null)).toBe(true)
    expect(await store.throttles.purge(NOW, { cappedPrefix: 'u:', maxEntries: 0 })).toBe(1)
    expect(await read(store, ['u:1 locked', 'u:4 newest'])).toMatchObject([{ lockedUntil: later(1) }, null])
  },
}

function entry(state: string, changes: Partial<ThrottleEntry> = {}): ThrottleEntry {
  return { state, expiresAt: later(10 * MINUTE), lockedUntil: null, ...changes }
}

async function write(store: Store, entries: Readonly<Record<string, ThrottleEntry>>): Promise<void> {
  await store.throttles.update(Object.keys(entries), () => ({ entries: Object.values(entries), result: null }))
}

async function read(store: Store, keys: readonly string[]): Promise<readonly (ThrottleEntry | null)[]> {
  return store.throttles.update(keys, (entries) => ({ entries, result: entries }))
}

/** Counts the keys up and tells the first count. */
async function increment(store: Store, keys: readonly string[]): Promise<number> {
  return store.throttles.update(keys, (entries) => {
    const counts = entries.map((before) => Number(before?.state ?? 0) + 1)
    return { entries: counts.map((count) => entry(`${count}`)), result: counts[0] ?? 0 }
  })
}
