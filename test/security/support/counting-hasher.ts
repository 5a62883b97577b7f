import type { HashRequest, PasswordHasher } from '../../../src/contracts/password-hasher.ts'
import { hashLane } from '../../../src/hashers/hash-lane.ts'

/** A hasher that remembers what it was asked to do. */
export interface CountingHasher extends PasswordHasher {
  readonly calls: readonly HasherCall[]
  /** How many guesses were evaluated against a stored hash, which is what a lockout bounds. */
  guesses(): number
  forget(): void
}

export interface HasherCall extends HashRequest {
  readonly kind: 'hash' | 'verify'
  /** `null` for a decoy, `undefined` where a password is set. */
  readonly encoded?: string | null
}

export function countingHasher(inner: PasswordHasher): CountingHasher {
  const calls: HasherCall[] = []
  return {
    ...inner,
    calls,
    guesses: () => calls.filter(({ kind, encoded }) => kind === 'verify' && typeof encoded === 'string').length,
    forget() {
      calls.length = 0
    },
    hash(request) {
      calls.push({ kind: 'hash', ...request })
      return inner.hash(request)
    },
    verify(request, encoded) {
      calls.push({ kind: 'verify', ...request, encoded })
      return inner.verify(request, encoded)
    },
  }
}

let lane: PasswordHasher | undefined

/** Real Argon2id at the least it can cost, shared by all sites of a file so that threads start once. */
export function cheapHasher(): PasswordHasher {
  lane ??= hashLane({ argon2: { memoryKiB: 64, passes: 1, parallelism: 1 }, workers: 1, maxQueueSeconds: 60 })
  // A site that closes must not close the lane of the others; its threads keep no process alive.
  return { ...lane, close: () => Promise.resolve() }
}
