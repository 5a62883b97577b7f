import type { UserListPosition, UserOrder } from '../../model/user-list.ts'
import { fromBase64Url, toBase64Url } from '../../util/base64url.ts'
import { equalBytes, hmacSha256 } from '../../util/secrets.ts'
import type { Engine } from '../context.ts'
import { refuseField } from './input.ts'

/** Long enough for the longest key of a column, twice. */
const MAX_LENGTH = 4096

const SEPARATOR = '.'

/** Where a page of users begins, as clients get it: opaque, good for one order, and made by nobody else. */
export function writeCursor(
  { keys }: Pick<Engine, 'keys'>,
  order: UserOrder,
  from: { readonly position: UserListPosition; readonly go: 'forward' | 'backward' },
): string {
  const { position, go } = from
  const text = JSON.stringify([order.by, order.direction, go, position.part, position.key, position.id])
  const [key] = keys.keysFor('list-cursor')
  return [text, hmacSha256(key, text)].map((part) => toBase64Url(Buffer.from(part))).join(SEPARATOR)
}

/** @throws {AuthError} `validation_failed` for what `writeCursor` did not make for this order */
export function readCursor(
  { keys }: Pick<Engine, 'keys'>,
  order: UserOrder,
  cursor: unknown,
): { readonly position: UserListPosition; readonly go: 'forward' | 'backward' } {
  const text = typeof cursor === 'string' && cursor.length <= MAX_LENGTH ? openCursor(keys, cursor) : null
  if (text === null) throw refuseField('cursor', 'not_a_choice')
  const [by, direction, go, part, key, id] = JSON.parse(text)
  if (by !== order.by || direction !== order.direction) throw refuseField('cursor', 'not_a_choice')
  return { position: { part, key, id }, go }
}

function openCursor(keys: Engine['keys'], cursor: string): string | null {
  const [body = '', mac = '', ...more] = cursor.split(SEPARATOR)
  const text = fromBase64Url(body)
  const given = fromBase64Url(mac)
  if (text === null || given === null || more.length > 0) return null
  const plain = Buffer.from(text).toString('utf8')
  const isOurs = keys.keysFor('list-cursor').some((key) => equalBytes(hmacSha256(key, plain), given))
  return isOurs ? plain : null
}
