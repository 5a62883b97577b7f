import type { HashRequest, PasswordHasher } from '../../../src/contracts/password-hasher.ts'

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
