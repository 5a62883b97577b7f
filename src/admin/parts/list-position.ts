import { AuthError } from '../../errors.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { openSignedText, signText } from '../shell/signed-text.ts'

/** Where a list that is in the order of time goes on: behind this row. */
export interface TimePosition {
  readonly at: Date
  readonly id: number | string
}

/** The position as an address holds it: signed, so that nothing reaches a store that these pages did not make. */
export function writePosition({ exchange }: AdminCall, list: string, { at, id }: TimePosition): string {
  return signText(exchange.engine, 'position', JSON.stringify([list, at.getTime(), id]))
}

/**
 * The position that the address names, or `null` where it names none.
 *
 * @throws {AuthError} `malformed_request` for one that was not made for this list
 */
export function readPosition({ exchange }: AdminCall, list: string): TimePosition | null {
  const signed = exchange.query().get('cursor')
  if (signed === null || signed === '') return null
  const text = openSignedText(exchange.engine, 'position', signed)
  const [name, at, id] = text === null ? [] : JSON.parse(text)
  if (name !== list) throw new AuthError('malformed_request')
  return { at: new Date(at), id }
}
