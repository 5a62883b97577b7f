import type { Engine } from '../../commands/context.ts'
import { equalBytes } from '../../util/secrets.ts'

/** Django's secret: 32 letters and digits. A token is the secret itself, or masked and then twice as long. */
const SECRET_LENGTH = 32
const ALPHABET = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** A text that was meant as a token, and what of it is right. */
export type ReadCsrfToken =
  | { readonly outcome: 'token'; readonly secret: string }
  | { readonly outcome: 'length' | 'characters' }

/** Takes any text. */
export function readCsrfToken(text: string): ReadCsrfToken {
  if (text.length !== SECRET_LENGTH && text.length !== 2 * SECRET_LENGTH) return { outcome: 'length' }
  if (!/^[a-zA-Z0-9]+$/.test(text)) return { outcome: 'characters' }
  if (text.length === SECRET_LENGTH) return { outcome: 'token', secret: text }
  const [mask, cipher] = [text.slice(0, SECRET_LENGTH), text.slice(SECRET_LENGTH)]
  return { outcome: 'token', secret: shift(cipher, mask, -1) }
}

const encoder = new TextEncoder()

/** In a time that tells nothing about where they differ. */
export const isSameSecret = (a: string, b: string): boolean => equalBytes(encoder.encode(a), encoder.encode(b))

/** A new value of the CSRF cookie. */
export function newCsrfSecret({ random }: Pick<Engine, 'random'>): string {
  // 248 is the largest multiple of 62 in a byte: above it some letters would come up more often.
  const letters: string[] = []
  while (letters.length < SECRET_LENGTH) {
    const fair = [...random.bytes(SECRET_LENGTH)].filter((byte) => byte < 248)
    letters.push(...fair.map((byte) => ALPHABET.charAt(byte % ALPHABET.length)))
  }
  return letters.slice(0, SECRET_LENGTH).join('')
}

/**
 * The secret as a page holds it: another text each time, so that its bytes cannot be guessed from how well the page
 * compresses (BREACH).
 */
export function maskCsrfSecret(engine: Pick<Engine, 'random'>, secret: string): string {
  const mask = newCsrfSecret(engine)
  return mask + shift(secret, mask, 1)
}

/** Moves each letter along the alphabet by the place of its neighbour in `by`. */
function shift(text: string, by: string, direction: 1 | -1): string {
  const size = ALPHABET.length
  const letters = Array.from(text, (letter, index) => {
    const place = ALPHABET.indexOf(letter) + direction * ALPHABET.indexOf(by.charAt(index))
    return ALPHABET.charAt((place + size) % size)
  })
  return letters.join('')
}
