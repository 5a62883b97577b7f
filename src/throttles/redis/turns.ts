/** Lets whoever wants some of the same keys pass one after the other, in the order in which they came. */
export interface Turns {
  take<T>(keys: readonly string[], work: () => Promise<T>): Promise<T>
}

/**
 * Turns within this process. What many requests count under one key, as those of one attack do, would otherwise keep
 * failing because of each other.
 */
export function turns(): Turns {
  const last = new Map<string, Promise<void>>()
  return {
    async take(keys, work) {
      const before = keys.flatMap((key) => last.get(key) ?? [])
      const own = Promise.withResolvers<void>()
      // All places are taken at one moment, so nobody waits in a circle.
      for (const key of keys) last.set(key, own.promise)
      try {
        await Promise.all(before)
        return await work()
      } finally {
        own.resolve()
        for (const key of keys) if (last.get(key) === own.promise) last.delete(key)
      }
    },
  }
}
