import type { Store } from '../../src/contracts/store.ts'

/** The store, no part of which is asked anything before `untilReady` has come true. */
export function waitingStore(store: Store, untilReady: () => Promise<void>): Store {
  const parts = Object.entries(store).map(([name, part]: [string, unknown]) =>
    typeof part === 'object' && part !== null ? [name, waitingPart(part, untilReady)] : [name, part],
  )
  return { ...store, ...Object.fromEntries(parts) }
}

function waitingPart(part: object, untilReady: () => Promise<void>): object {
  return new Proxy(part, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return async (...given: readonly unknown[]): Promise<unknown> => {
        await untilReady()
        return Reflect.apply(value, target, given)
      }
    },
  })
}
