import type { PasswordHasher } from '../../src/contracts/password-hasher.ts'
import { hashLane } from '../../src/hashers/hash-lane.ts'

let lane: PasswordHasher | undefined

/**
 * Real Argon2id at the least it can cost, shared by all sites of a file: a thread for each would take longer than most
 * tests.
 */
export function cheapHasher(): PasswordHasher {
  lane ??= hashLane({ argon2: { memoryKiB: 64, passes: 1, parallelism: 1 }, workers: 1, maxQueueSeconds: 60 })
  // A site that closes must not close the lane of the others; its threads keep no process alive.
  return { ...lane, close: () => Promise.resolve() }
}
