import type { TokenKeyPurpose } from '../../contracts/token-manager.ts'
import { deriveKey } from '../../util/secrets.ts'

/** What a derived key is for. Every purpose has its own, so that no value made for one opens another. */
export type KeyPurpose =
  | 'known-device'
  | 'outbox'
  | 'stand-in'
  | 'social-state'
  | 'provider-tokens'
  | 'list-cursor'
  | 'admin-pages'
  | TokenKeyPurpose

/** The keys of one purpose: the first signs, all verify. */
export interface Keyring {
  keysFor(purpose: KeyPurpose): readonly [Uint8Array, ...Uint8Array[]]
}

/** Derives keys on first use and keeps them; the secrets themselves go no further than this. */
export function createKeyring(secrets: readonly [string, ...string[]]): Keyring {
  const derived = new Map<KeyPurpose, readonly [Uint8Array, ...Uint8Array[]]>()
  return {
    keysFor(purpose) {
      const known = derived.get(purpose)
      if (known !== undefined) return known
      const [first, ...others] = secrets
      const keys = [deriveKey(first, purpose), ...others.map((secret) => deriveKey(secret, purpose))] as const
      derived.set(purpose, keys)
      return keys
    },
  }
}
