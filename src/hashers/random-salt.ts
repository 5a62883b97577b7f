import { randomInt } from 'node:crypto'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** 22 characters, 131 bits: Django hashes again whatever has a shorter salt. */
export const SALT_LENGTH = 22

/** A salt as Django draws it. */
export function randomSalt(): string {
  return Array.from({ length: SALT_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
}
