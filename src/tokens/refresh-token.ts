import { fromBase64Url, toBase64Url } from '../util/base64url.ts'
import { equalBytes, hmacSha256, sha256 } from '../util/secrets.ts'

/**
 * The text of a refresh token: the session's random seed, a generation, and a proof by the server's key over both.
 *
 * All generations of one session share the seed, so the store finds the session by the one digest it has. A child can
 * be computed again while the grace lasts, though no token is stored; and any ancestor, however old, is recognised as
 * one. Neither the table nor the key alone makes a token.
 */
export interface RefreshToken {
  readonly seed: string
  readonly generation: number
}

const SEED_BYTES = 32
const PROOF_BYTES = 32

export function newSeed(random: { bytes(length: number): Uint8Array }): string {
  return toBase64Url(random.bytes(SEED_BYTES))
}

/**
 * What the session row keeps. The label keeps it apart from the digest of an opaque token: a seed, which whoever holds a
 * refresh token can read, must never open a session by itself.
 */
export const digestOfSeed = (seed: string): Uint8Array => sha256(`refresh-token.${seed}`)

export function writeRefreshToken(key: Uint8Array, { seed, generation }: RefreshToken): string {
  const number = new Uint8Array(4)
  new DataView(number.buffer).setUint32(0, generation)
  return toBase64Url(Buffer.concat([Buffer.from(seed, 'base64url'), number, proofOf(key, seed, generation)]))
}

/** `null` unless the text is exactly one that was written with one of the keys. */
export function readRefreshToken(keys: readonly Uint8Array[], text: string): RefreshToken | null {
  const bytes = fromBase64Url(text)
  if (bytes === null || bytes.length !== SEED_BYTES + 4 + PROOF_BYTES) return null
  const seed = toBase64Url(bytes.subarray(0, SEED_BYTES))
  const generation = new DataView(bytes.buffer, bytes.byteOffset + SEED_BYTES).getUint32(0)
  const proof = bytes.subarray(SEED_BYTES + 4)
  const isOurs = keys.some((key) => equalBytes(proof, proofOf(key, seed, generation)))
  return isOurs ? { seed, generation } : null
}

const proofOf = (key: Uint8Array, seed: string, generation: number): Uint8Array =>
  hmacSha256(key, `${seed}.${generation}`)
