import { describe, expect, it } from 'vitest'
import type { Store, StoreSchema } from '../../contracts/store.ts'
import { addressRulePromises } from './address-rule-promises.ts'
import { attemptPromises } from './attempt-promises.ts'
import { auditPromises } from './audit-promises.ts'
import { codePromises } from './code-promises.ts'
import { fieldPromises } from './field-promises.ts'
import { figurePromises } from './figure-promises.ts'
import { groupPromises } from './group-promises.ts'
import { identityPromises } from './identity-promises.ts'
import { outboxPromises } from './outbox-promises.ts'
import type { Promises } from './promises.ts'
import { sessionPromises } from './session-promises.ts'
import { sharedAddressPromises } from './shared-address-promises.ts'
import { storePromises } from './store-promises.ts'
import { PLAIN_SCHEMA } from './store-samples.ts'
import { type ThrottlePromises, throttlePromises } from './throttle-promises.ts'
import { userChangePromises } from './user-change-promises.ts'
import { userListPromises } from './user-list-promises.ts'
import { userPromises } from './user-promises.ts'

export interface StoreConformanceOptions {
  /**
   * Opens an empty store that is migrated and has the columns of all declared fields. Each test opens its own, some of
   * them several; the suite closes them.
   */
  readonly newStore: (schema: StoreSchema) => Store | Promise<Store>
  /** Tests that do not apply, by their whole name, each with the reason that the report shows. */
  readonly skip?: readonly { readonly test: string; readonly reason: string }[]
}

const PARTS: Readonly<Record<string, Promises>> = {
  users: userPromises,
  'changes of users': userChangePromises,
  'declared fields': fieldPromises,
  'addresses that are unique once proven': sharedAddressPromises,
  identities: identityPromises,
  sessions: sessionPromises,
  codes: codePromises,
  attempts: attemptPromises,
  outbox: outboxPromises,
  throttles: ofStore(throttlePromises),
  'groups and permissions': groupPromises,
  'lists of users': userListPromises,
  'the audit log': auditPromises,
  'rules about addresses': addressRulePromises,
  figures: figurePromises,
  'the store as a whole': storePromises,
}

/** Counters and locks may also be kept elsewhere, so their promises know no store. */
function ofStore(promises: ThrottlePromises): Promises {
  const entries = Object.entries(promises).map(([name, check]): [string, Promises[string]] => [
    name,
    (store) => check(store.throttles),
  ])
  return Object.fromEntries(entries)
}

/**
 * Checks that a store keeps the promises of `Store`. Call it inside a `describe` of Vitest.
 *
 * @example
 * describe('myStore', () => storeConformance({ newStore: (schema) => myStore(freshDatabase()).open(schema) }))
 */
export function storeConformance({ newStore, skip = [] }: StoreConformanceOptions): void {
  for (const [part, promises] of Object.entries(PARTS)) {
    describe(part, () => {
      for (const [name, check] of Object.entries(promises)) {
        it(name, async (context) => {
          const skipped = skip.find(({ test }) => test === name)
          if (skipped) context.skip(skipped.reason)
          await withStores(newStore, check)
        })
      }
    })
  }
  it('skips only tests that there are', () => {
    const names = Object.values(PARTS).flatMap((promises) => Object.keys(promises))
    expect(names).toEqual(expect.arrayContaining(skip.map(({ test }) => test)))
  })
}

async function withStores(newStore: StoreConformanceOptions['newStore'], check: Promises[string]): Promise<void> {
  const opened: Store[] = []
  const open = async (schema: Partial<StoreSchema>): Promise<Store> => {
    const store = await newStore({ ...PLAIN_SCHEMA, ...schema })
    opened.push(store)
    return store
  }
  try {
    await check(await open({}), open)
  } finally {
    for (const store of opened) await store.close()
  }
}
