import { type Argon2Parameters, parseArgon2Text } from './formats/argon2-text.ts'
import { SALT_LENGTH } from './random-salt.ts'

/** Bytes of a hash that is written today. */
export const HASH_LENGTH = 32

/** Whether the text is what would be written today: Argon2id of exactly these parameters, not weaker, not stronger. */
export function isCurrent(encoded: string, today: Argon2Parameters): boolean {
  const text = parseArgon2Text(encoded)
  return (
    text?.kind === 'argon2id' &&
    text.version === 19 &&
    text.memoryKiB === today.memoryKiB &&
    text.passes === today.passes &&
    text.parallelism === today.parallelism &&
    text.hash.length === HASH_LENGTH &&
    text.salt.length >= SALT_LENGTH
  )
}
