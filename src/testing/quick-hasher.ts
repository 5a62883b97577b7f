import type { PasswordHasher } from '../contracts/password-hasher.ts'
import { hashLane } from '../hashers/hash-lane.ts'

let lane: PasswordHasher | undefined

/**
 * Makes a hasher for tests: real Argon2id at the least it can cost, 64 KiB and one pass in place of 19 MiB and two. Never for
 * passwords of people.
 *
 * All hashers of a process share one thread, which keeps no process alive; closing one does not close the others.
 *
 * @example
 * const auth = createAuth({ ...options, passwords: { hasher: quickHasher() } })
 */
export function quickHasher(): PasswordHasher {
  lane ??= hashLane({ argon2: { memoryKiB: 64, passes: 1, parallelism: 1 }, workers: 1, maxQueueSeconds: 60 })
  return { ...lane, close: () => Promise.resolve() }
}
