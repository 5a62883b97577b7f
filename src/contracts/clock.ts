/** Where the engine reads the time. Rules about time are tested by replacing it. */
export interface Clock {
  now(): Date
}

/** Where the engine takes unpredictable bytes from. A source that fails must throw, never return weaker bytes. */
export interface RandomSource {
  bytes(length: number): Uint8Array
}
