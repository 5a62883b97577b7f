import { toBase64Url } from '../util/base64url.ts'

/**
 * Whether a token is the one that an ID token names by `at_hash`: the left half of its digest, by the hash of the ID
 * token's own algorithm (OpenID Connect Core §3.1.3.6). `false` for an algorithm that names none.
 */
export async function matchesHash(token: string, expected: unknown, algorithm: unknown): Promise<boolean> {
  const name = digestOf(algorithm)
  if (name === null || typeof expected !== 'string') return false
  const digest = new Uint8Array(await crypto.subtle.digest(name, new TextEncoder().encode(token)))
  return toBase64Url(digest.subarray(0, digest.length / 2)) === expected
}

function digestOf(algorithm: unknown): string | null {
  if (algorithm === 'EdDSA' || algorithm === 'Ed25519') return 'SHA-512'
  const size = typeof algorithm === 'string' ? /^(?:RS|PS|ES)(256|384|512)$/.exec(algorithm)?.[1] : undefined
  return size === undefined ? null : `SHA-${size}`
}
