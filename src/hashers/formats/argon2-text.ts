import { Buffer } from 'node:buffer'

/** What an Argon2 hash costs. */
export interface Argon2Parameters {
  readonly memoryKiB: number
  readonly passes: number
  readonly parallelism: number
}

/** Everything that a stored Argon2 text says. */
export interface Argon2Text extends Argon2Parameters {
  readonly kind: 'argon2d' | 'argon2i' | 'argon2id'
  /** 16 is the draft that came before RFC 9106; text without a version means it. */
  readonly version: 16 | 19
  readonly salt: Uint8Array
  readonly hash: Uint8Array
}

/** Django's default of 2021 takes 100 MiB; this leaves room for more, and for a machine to survive a bad import. */
const MAX_MEMORY_KIB = 262_144
/** Memory times passes: about half a second of one core. */
const MAX_WORK_KIB = 1_048_576
const MAX_PARALLELISM = 64

const KINDS = ['argon2d', 'argon2i', 'argon2id'] as const

const PATTERN =
  /^argon2\$(?<kind>argon2(?:d|i|id))\$(?:v=(?<version>16|19)\$)?m=(?<m>[1-9]\d{0,8}),t=(?<t>[1-9]\d{0,8}),p=(?<p>[1-9]\d{0,2})\$(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]+)$/

/**
 * Reads `argon2$argon2id$v=19$m=…,t=…,p=…$salt$hash`: Django's prefix, then the PHC string.
 *
 * Gives `null` for text of any other form and for parameters that nobody should compute.
 */
export function parseArgon2Text(encoded: string): Argon2Text | null {
  const fields = PATTERN.exec(encoded)?.groups
  const kind = KINDS.find((name) => name === fields?.['kind'])
  if (!fields || !kind) return null
  const text: Argon2Text = {
    kind,
    version: fields['version'] === '19' ? 19 : 16,
    memoryKiB: Number(fields['m']),
    passes: Number(fields['t']),
    parallelism: Number(fields['p']),
    salt: Buffer.from(fields['salt'] ?? '', 'base64'),
    hash: Buffer.from(fields['hash'] ?? '', 'base64'),
  }
  // Bits that Base64 leaves unused must be zero, or one salt would have several spellings.
  const isCanonical = toBase64(text.salt) === fields['salt']
  return isCanonical && isWithinArgon2Bounds(text) && hasSoundLengths(text) ? text : null
}

/** The inverse of `parseArgon2Text`, up to the version that old texts leave out. */
export function writeArgon2Text(text: Argon2Text): string {
  const costs = `m=${text.memoryKiB},t=${text.passes},p=${text.parallelism}`
  return `argon2$${text.kind}$v=${text.version}$${costs}$${toBase64(text.salt)}$${toBase64(text.hash)}`
}

/** Whether parameters are valid (RFC 9106 §3.1) and cheap enough to be computed on demand. */
export function isWithinArgon2Bounds({ memoryKiB, passes, parallelism }: Argon2Parameters): boolean {
  return (
    [memoryKiB, passes, parallelism].every((value) => Number.isInteger(value) && value >= 1) &&
    parallelism <= MAX_PARALLELISM &&
    memoryKiB >= 8 * parallelism &&
    memoryKiB <= MAX_MEMORY_KIB &&
    memoryKiB * passes <= MAX_WORK_KIB
  )
}

// A hash below 16 bytes could be met by chance; more than 64 of either nobody writes.
function hasSoundLengths({ salt, hash }: Argon2Text): boolean {
  return salt.length >= 8 && salt.length <= 64 && hash.length >= 16 && hash.length <= 64
}

/** Standard Base64 without padding, as the PHC string format has it. */
function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '')
}
