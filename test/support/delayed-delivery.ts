import type { StoreFactory } from '../../src/contracts/store.ts'
import { openStore } from './open-store.ts'

/** A store whose outbox can be made to hand nothing out, as if whoever delivers mails came late. */
export interface DelayedDelivery {
  readonly factory: StoreFactory
  /** The same store for an account system that delivers all the same. */
  readonly prompt: StoreFactory
  holdUp(): void
  goOn(): void
}

export function delayedDelivery(): DelayedDelivery {
  const { store, factory } = openStore()
  let isHeldUp = false
  const outbox: typeof store.outbox = {
    ...store.outbox,
    claim: async (...asked) => (isHeldUp ? [] : store.outbox.claim(...asked)),
  }
  return {
    factory: { open: () => ({ ...store, outbox }) },
    prompt: factory,
    holdUp() {
      isHeldUp = true
    },
    goOn() {
      isHeldUp = false
    },
  }
}
