import type { SharedThrottles } from '../../../src/contracts/shared-throttles.ts'
import type { ThrottleEntry } from '../../../src/contracts/throttle-store.ts'
import { sqlite } from '../../../src/stores/sqlite/index.ts'

/** Counts in this process alone, as a limiter without a shared store does. Forgets the oldest keys beyond `maxKeys`. */
export function processThrottles({ maxKeys = Number.POSITIVE_INFINITY }: { readonly maxKeys?: number } = {}) {
  const entries = new Map<string, ThrottleEntry>()
  const store: SharedThrottles = {
    ...STAND_IN,
    async update(keys, step) {
      const { entries: written, result } = step(keys.map((key) => entries.get(key) ?? null))
      for (const [index, key] of keys.entries()) {
        entries.delete(key)
        const entry = written[index]
        if (entry) entries.set(key, entry)
      }
      for (const key of [...entries.keys()].slice(0, Math.max(0, entries.size - maxKeys))) entries.delete(key)
      return result
    },
    async delete(keys) {
      for (const key of keys) entries.delete(key)
    },
    async deleteByPrefix(prefix) {
      const found = [...entries.keys()].filter((key) => key.startsWith(prefix))
      for (const key of found) entries.delete(key)
      return found.length
    },
    listLocked: async () => [],
    purge: async () => 0,
  }
  return store
}

/**
 * Reads, waits, and writes what it then thinks right, as a limiter without an atomic step does (Devise
 * CVE-2019-5421).
 */
export function racyThrottles(inner: SharedThrottles): SharedThrottles {
  return {
    ...inner,
    async update(keys, step) {
      const read = await inner.update(keys, (entries) => ({ entries, result: entries }))
      await new Promise((resolve) => setTimeout(resolve, 5))
      const { entries: written, result } = step(read)
      return inner.update(keys, () => ({ entries: written, result }))
    },
  }
}

/** Counts nothing under the keys that `isDropped` picks. */
export function forgetfulThrottles(inner: SharedThrottles, isDropped: (key: string) => boolean): SharedThrottles {
  return {
    ...inner,
    update(keys, step) {
      return inner.update(keys, (entries) => {
        const kept = entries.map((entry, index) => (isDropped(keys[index] ?? '') ? null : entry))
        const { entries: written, result } = step(kept)
        return { entries: written.map((entry, index) => (isDropped(keys[index] ?? '') ? null : entry)), result }
      })
    },
  }
}

/** The throttles of an SQLite store of their own, for wrappers. */
export function sqliteThrottles(location = ':memory:'): SharedThrottles {
  const store = sqlite(location).open({
    ids: 'integer',
    fields: {},
    profiles: {},
    emailUnique: 'always',
    migrationsFolder: null,
  })
  return { ...STAND_IN, ...store.throttles, close: () => store.close() }
}

const STAND_IN: Pick<SharedThrottles, 'description' | 'check' | 'close'> = {
  description: 'a stand-in',
  check: () => Promise.resolve(),
  close: () => Promise.resolve(),
}
