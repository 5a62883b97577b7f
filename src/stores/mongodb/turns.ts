/** Lets works of this process that need one of the same things run one after the other. */
export interface Turns {
  take<T>(things: readonly string[], work: () => Promise<T>): Promise<T>
}

/**
 * It only saves trouble: what keeps works apart is the database, which other processes use as well. Without it everybody who
 * wants to change one document at once would get in everybody else's way.
 */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return {
    take(things, work) {
      const before = things.map((thing) => last.get(thing))
      const result = Promise.all(before).then(work)
      const over = result.then(ignore, ignore)
      for (const thing of things) last.set(thing, over)
      void over.then(() => {
        for (const thing of things) if (last.get(thing) === over) last.delete(thing)
      })
      return result
    },
  }
}

const ignore = (): void => undefined
