import type { ThrottleStore } from './throttle-store.ts'

/** Counters and locks that are not kept in the store but beside it, and therefore have a life of their own. */
export interface SharedThrottles extends ThrottleStore {
  /** Where they are, in one line for people, without a password. */
  readonly description: string
  /**
   * Asks whether locks can be written and will be kept. Nothing else has to be called before.
   *
   * @throws {AuthError} `unavailable`, with the reason as its cause
   */
  check(): Promise<void>
  /** Lets what was begun come to its end, then lets go. Work that is asked for later is `unavailable`. */
  close(): Promise<void>
}
