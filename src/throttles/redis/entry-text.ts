import type { ThrottleEntry } from '../../contracts/throttle-store.ts'
import { AuthError } from '../../errors.ts'

/**
 * An entry as it is kept: `expiresAt:lockedUntil:state`, the moments in milliseconds, the second one empty where there is
 * no lock. The scripts read the moments from it, so what they index by is what is kept.
 */
export function writeEntry({ state, expiresAt, lockedUntil }: ThrottleEntry): string {
  return `${momentOf(expiresAt)}:${lockedUntil === null ? '' : momentOf(lockedUntil)}:${keepableText(state)}`
}

export function readEntry(text: string): ThrottleEntry {
  const [, expiresAt = '', lockedUntil = '', state = ''] = /^(-?\d+):(-?\d*):(.*)$/s.exec(text) ?? []
  if (expiresAt === '') throw new TypeError('Redis keeps an entry that Portress did not write')
  return {
    state,
    expiresAt: new Date(Number(expiresAt)),
    lockedUntil: lockedUntil === '' ? null : new Date(Number(lockedUntil)),
  }
}

export function momentOf(moment: Date): string {
  const milliseconds = moment.getTime()
  if (Number.isNaN(milliseconds)) throw new TypeError('Redis cannot keep this moment')
  return String(milliseconds)
}

/** @throws {AuthError} `malformed_request`, as the other stores do, which keep no NUL either */
export function keepableText(text: string): string {
  // Lone surrogates all become the same replacement character, and two keys would be one.
  if (text.includes('\0') || !text.isWellFormed()) throw new AuthError('malformed_request')
  return text
}
