import { scryptSync } from 'node:crypto'
import type { PasswordFormat } from '../password-format.ts'

const HASH_LENGTH = 64
/** Django's default takes 16 MiB. */
const MAX_MEMORY_BYTES = 256 * 1024 * 1024
/** n × r × p. Django's default of 2024 is 655,360; this is about 1.8 seconds of one core. */
const MAX_WORK = 4_194_304

const PATTERN = /^scrypt\$(?<n>[1-9]\d{0,8})\$(?<salt>[^$]+)\$(?<r>[1-9]\d{0,3})\$(?<p>[1-9]\d{0,3})\$[A-Za-z0-9+/=]+$/

/** `scrypt$<n>$<salt>$<r>$<p>$<Base64>`. */
export const scrypt: PasswordFormat = {
  reencode(password, encoded) {
    const fields = PATTERN.exec(encoded)?.groups
    const [n, r, p] = [Number(fields?.['n']), Number(fields?.['r']), Number(fields?.['p'])]
    const salt = fields?.['salt']
    if (salt === undefined || !isWithinBounds(n, r, p)) return null
    const hash = scryptSync(password, salt, HASH_LENGTH, { N: n, r, p, maxmem: memoryBytes(n, r, p) })
    return `scrypt$${n}$${salt}$${r}$${p}$${hash.toString('base64')}`
  },
}

function isWithinBounds(n: number, r: number, p: number): boolean {
  // RFC 7914 §2: n is a power of two larger than one.
  const isPowerOfTwo = n > 1 && Number.isInteger(Math.log2(n))
  return isPowerOfTwo && n * r * p <= MAX_WORK && memoryBytes(n, r, p) <= MAX_MEMORY_BYTES
}

// RFC 7914 §6 as OpenSSL counts it: n blocks, p blocks, and two to work in.
function memoryBytes(n: number, r: number, p: number): number {
  return 128 * r * (n + p + 2)
}
