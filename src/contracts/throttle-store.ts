/** What a throttle keeps under one key. */
export interface ThrottleEntry {
  /** Opaque text; the engine writes and reads it. */
  readonly state: string
  /** After this moment the entry means nothing and may be purged. */
  readonly expiresAt: Date
  /** Until when the key is locked, for lists; `null` for entries that are no lock. */
  readonly lockedUntil: Date | null
}

/** A key that is locked, and until when. */
export interface LockedKey {
  readonly key: string
  readonly lockedUntil: Date
}

/** What a step makes of the entries: the new ones in the same order (`null` deletes), and its result. */
export interface ThrottleStep<T> {
  readonly entries: readonly (ThrottleEntry | null)[]
  readonly result: T
}

/**
 * Counters and locks, shared by all processes.
 *
 * There is one primitive, an atomic read-modify-write over a few keys, so that every rule about limits is written once
 * as a pure function of the engine and a store cannot get one wrong.
 */
export interface ThrottleStore {
  /**
   * Hands the entries of `keys` to `step` and writes what it returns, as one atomic step.
   *
   * `step` is pure and may be called again when another process was faster. Entries are handed over even when
   * expired. An entry that `step` returns unchanged (the same object) need not be written.
   */
  update<T>(keys: readonly string[], step: (entries: readonly (ThrottleEntry | null)[]) => ThrottleStep<T>): Promise<T>
  /** Deletes the entries of exactly these keys. */
  delete(keys: readonly string[]): Promise<void>
  /**
   * Deletes the entries whose keys begin with `prefix`, byte for byte, and tells how many there were. It ends in an ASCII
   * character other than DEL.
   */
  deleteByPrefix(prefix: string): Promise<number>
  /**
   * Up to `limit` keys that are locked at `now`, the longest lock first and those of one moment in the order of their
   * bytes: the first ones, or those behind `after`, which need not be there any more.
   */
  listLocked(now: Date, limit: number, after?: LockedKey): Promise<readonly LockedKey[]>
  /**
   * Deletes entries that expired before `now` and, where more than `maxEntries` remain whose key begins with
   * `cappedPrefix`, the oldest of those that are not locked. Tells how many.
   */
  purge(now: Date, cap: { readonly cappedPrefix: string; readonly maxEntries: number }): Promise<number>
}
