import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, timingSafeEqual } from 'node:crypto'

/** SHA-256, the only form in which a random secret is stored. */
export function sha256(text: string): Uint8Array {
  // By way of text, a byte a character: a digest asked for as a buffer gets memory of its own, which costs twice as much
  // as the hashing.
  return Buffer.from(hash('sha256', text, 'latin1'), 'latin1')
}

export function hmacSha256(key: Uint8Array, text: string): Uint8Array {
  return createHmac('sha256', key).update(text, 'utf8').digest()
}

/** One key per purpose from one secret (RFC 5869), so that a value signed for one thing never opens another. */
export function deriveKey(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, 'portress', purpose, 32))
}

/** Compares in a time that tells nothing about where two values differ; other lengths are unequal. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

/** AES-256-GCM: 12 bytes nonce, 16 bytes tag, then the sealed text. The nonce must be fresh for each call. */
export function seal(key: Uint8Array, nonce: Uint8Array, text: string): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** Opens what `seal` made, or returns `null` when key or bytes are not the ones. */
export function unseal(key: Uint8Array, sealed: Uint8Array): string | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
    decipher.setAuthTag(sealed.subarray(12, 28))
    return decipher.update(sealed.subarray(28), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return null
  }
}
