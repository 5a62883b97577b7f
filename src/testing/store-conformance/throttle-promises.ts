import { expect } from 'vitest'
import type { ThrottleEntry, ThrottleStore } from '../../contracts/throttle-store.ts'
import { atOnce, HOSTILE_TEXTS, later, MINUTE, NOW } from './store-samples.ts'

/** One promise of `ThrottleStore` in a sentence, and its test on an empty one. */
export type ThrottlePromises = Readonly<Record<string, (throttles: ThrottleStore) => Promise<void>>>

/** How counters and locks are kept. */
export const throttlePromises: ThrottlePromises = {
  'hands over the entries in the order of the keys and writes what the step makes of them': async (throttles) => {
    const one = entry('one', { lockedUntil: later(5) })
    const two = entry('two', { expiresAt: later(7) })
    const seen: unknown[] = []
    const result = await throttles.update(['b', 'a'], (entries) => {
      seen.push(entries)
      return { entries: [two, one], result: 'done' }
    })
    expect(result).toBe('done')
    expect(seen.at(-1)).toEqual([null, null])
    expect(await read(throttles, ['a', 'b', 'c'])).toEqual([one, two, null])
  },
  'deletes an entry that becomes null and leaves an unchanged one': async (throttles) => {
    await write(throttles, { a: entry('a'), b: entry('b') })
    await throttles.update(['a', 'b'], ([a = null]) => ({ entries: [a, null], result: null }))
    expect(await read(throttles, ['a', 'b'])).toEqual([entry('a'), null])
  },
  'counts exactly however many calls come at once': async (throttles) => {
    await atOnce(100, () => increment(throttles, ['counter', 'other']))
    expect(await read(throttles, ['counter', 'other'])).toMatchObject([{ state: '100' }, { state: '100' }])
  },
  'holds keys that are not there yet: of many steps over two of them one alone sees neither': async (throttles) => {
    const seen = await atOnce(20, (index) =>
      throttles.update(index % 2 ? ['a', 'b'] : ['b', 'a'], ([first = null, second = null]) => {
        const isFirst = first === null && second === null
        // Each writes only one of the keys that it looked at.
        return { entries: [isFirst ? entry(`${index}`) : first, second], result: isFirst }
      }),
    )
    expect(seen.filter((isFirst) => isFirst)).toHaveLength(1)
  },
  'hands over expired entries, too': async (throttles) => {
    await write(throttles, { old: entry('old', { expiresAt: new Date(0) }) })
    expect(await read(throttles, ['old'])).toMatchObject([{ state: 'old' }])
  },
  'writes nothing when the step throws': async (throttles) => {
    await write(throttles, { a: entry('before') })
    const failing = throttles.update(['a'], () => {
      throw new Error('the step failed')
    })
    await expect(failing).rejects.toThrow('the step failed')
    expect(await read(throttles, ['a'])).toMatchObject([{ state: 'before' }])
    expect(await increment(throttles, ['b'])).toBe(1)
  },
  'refuses a step that names a key twice or forgets one': async (throttles) => {
    await expect(increment(throttles, ['a', 'a'])).rejects.toThrow(TypeError)
    const forgetful = throttles.update(['a', 'b'], () => ({ entries: [entry('a')], result: null }))
    await expect(forgetful).rejects.toThrow(TypeError)
    expect(await read(throttles, ['a', 'b'])).toEqual([null, null])
  },
  'keeps hostile keys and states apart, byte for byte': async (throttles) => {
    const keys = [...HOSTILE_TEXTS, 'key', 'KEY', 'key ', 'kéy', 'ke\u0301y']
    await write(throttles, Object.fromEntries(keys.map((key) => [key, entry(key)])))
    expect(await read(throttles, keys)).toEqual(keys.map((key) => entry(key)))
  },
  'deletes exactly the named keys': async (throttles) => {
    await write(throttles, { a: entry('a'), ab: entry('ab'), A: entry('A') })
    await throttles.delete(['a', 'unknown'])
    await throttles.delete([])
    expect(await read(throttles, ['a', 'ab', 'A'])).toEqual([null, entry('ab'), entry('A')])
  },
  'lists what is locked, the longest lock first': async (throttles) => {
    await write(throttles, {
      short: entry('', { lockedUntil: later(1) }),
      long: entry('', { lockedUntil: later(9) }),
      over: entry('', { lockedUntil: NOW }),
      counting: entry(''),
    })
    const long = { key: 'long', lockedUntil: later(9) }
    expect(await throttles.listLocked(NOW, 10)).toEqual([long, { key: 'short', lockedUntil: later(1) }])
    expect(await throttles.listLocked(NOW, 1)).toEqual([long])
  },
  'lists what is locked page by page, whatever became of the last key meanwhile': async (throttles) => {
    const locks = { a: later(3), b: later(2), B: later(2), c: later(2), d: later(1), over: NOW }
    await write(
      throttles,
      Object.fromEntries(Object.entries(locks).map(([key, lockedUntil]) => [key, entry('', { lockedUntil })])),
    )
    const all = await throttles.listLocked(NOW, 10)
    expect(all.map(({ key }) => key)).toEqual(['a', 'B', 'b', 'c', 'd'])
    const seen = []
    for (let page = await throttles.listLocked(NOW, 2); page.length > 0; ) {
      seen.push(...page)
      const last = page.at(-1)
      await throttles.delete(page.map(({ key }) => key))
      page = last === undefined ? [] : await throttles.listLocked(NOW, 2, last)
    }
    expect(seen).toEqual(all)
  },
  'deletes by a prefix, byte for byte, and tells how many': async (throttles) => {
    const inside = ['p+', 'p+a', 'p+\u{10ffff}', 'p+\u007f', 'p+%']
    const outside = ['p', 'P+a', 'p,', 'p*', 'pp+', 'q']
    await write(throttles, Object.fromEntries([...inside, ...outside].map((key) => [key, entry(key)])))
    expect(await throttles.deleteByPrefix('p+')).toBe(inside.length)
    expect(await throttles.deleteByPrefix('p+')).toBe(0)
    expect((await read(throttles, inside)).every((one) => one === null)).toBe(true)
    expect((await read(throttles, outside)).every((one) => one !== null)).toBe(true)
    for (const prefix of ['', 'p\u007f', 'pé']) {
      await expect(throttles.deleteByPrefix(prefix), prefix).rejects.toThrow(TypeError)
    }
  },
  'deletes by a prefix each entry once, however many do so at once': async (throttles) => {
    const keys = Array.from({ length: 50 }, (_, index) => `p+${index}`)
    await write(throttles, Object.fromEntries(keys.map((key) => [key, entry(key)])))
    const counts = await atOnce(10, () => throttles.deleteByPrefix('p+'))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(keys.length)
  },
  'purges what expired before the moment': async (throttles) => {
    await write(throttles, {
      old: entry('', { expiresAt: later(-1) }),
      now: entry('', { expiresAt: NOW }),
      live: entry(''),
    })
    expect(await throttles.purge(NOW, { cappedPrefix: 'u:', maxEntries: 10 })).toBe(1)
    expect(await throttles.purge(NOW, { cappedPrefix: 'u:', maxEntries: 10 })).toBe(0)
    expect(await read(throttles, ['old', 'now', 'live'])).toMatchObject([null, { expiresAt: NOW }, { state: '' }])
  },
  'caps the entries of a prefix: the oldest go, locked ones and others never': async (throttles) => {
    await write(throttles, {
      'u:1 locked': entry('', { expiresAt: later(1), lockedUntil: later(1) }),
      'u:2 was locked': entry('', { expiresAt: later(2), lockedUntil: NOW }),
      'u:3 counting': entry('', { expiresAt: later(3) }),
      'u:4 newest': entry('', { expiresAt: later(4) }),
      'u:\u{10ffff} is capped, too': entry('', { expiresAt: later(2) }),
      'u;not capped': entry('', { expiresAt: later(1) }),
      U: entry('', { expiresAt: later(1) }),
    })
    expect(await throttles.purge(NOW, { cappedPrefix: 'u:', maxEntries: 2 })).toBe(3)
    const kept = await read(throttles, ['u:1 locked', 'u:4 newest', 'u;not capped', 'U'])
    expect(kept.every((one) => one !== null)).toBe(true)
    expect(await throttles.purge(NOW, { cappedPrefix: 'u:', maxEntries: 0 })).toBe(1)
    expect(await read(throttles, ['u:1 locked', 'u:4 newest'])).toMatchObject([{ lockedUntil: later(1) }, null])
  },
}

function entry(state: string, changes: Partial<ThrottleEntry> = {}): ThrottleEntry {
  return { state, expiresAt: later(10 * MINUTE), lockedUntil: null, ...changes }
}

async function write(throttles: ThrottleStore, entries: Readonly<Record<string, ThrottleEntry>>): Promise<void> {
  await throttles.update(Object.keys(entries), () => ({ entries: Object.values(entries), result: null }))
}

async function read(throttles: ThrottleStore, keys: readonly string[]): Promise<readonly (ThrottleEntry | null)[]> {
  return throttles.update(keys, (entries) => ({ entries, result: entries }))
}

/** Counts the keys up and tells the first count. */
async function increment(throttles: ThrottleStore, keys: readonly string[]): Promise<number> {
  return throttles.update(keys, (entries) => {
    const counts = entries.map((before) => Number(before?.state ?? 0) + 1)
    return { entries: counts.map((count) => entry(`${count}`)), result: counts[0] ?? 0 }
  })
}
