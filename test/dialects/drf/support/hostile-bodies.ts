import type { Answer } from './answer.ts'

/** What no field takes, whatever it is for. */
export const IMPOSSIBLE: Readonly<Record<string, unknown>> = {
  null: null,
  'a list': ['ann'],
  'an empty list': [],
  'an object': { $ne: null },
  'a nested object': { toString: { valueOf: [] } },
  NUL: 'a\0b',
  'a lone surrogate': 'a\ud800b',
  'a boolean': true,
}

/** Bodies said to be JSON that no endpoint can do anything with, but for one that asks for nothing. */
export const HOSTILE_JSON: readonly (readonly [what: string, body: string | Uint8Array<ArrayBuffer>])[] = [
  ['a list', '[]'],
  ['a list of great depth', '['.repeat(50_000)],
  ['an object of great depth', `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`],
  ['a prototype', '{"__proto__":{"is_staff":true,"password":"x"}}'],
  ['a constructor', '{"constructor":{"prototype":{}}}'],
  ['a number', '1e999'],
  ['null', 'null'],
  ['two values', '{}{}'],
  ['white space alone', ' '],
  ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
]

/** What 10 MB may be said to be. */
export const TYPES_OF_HUGE_BODIES: readonly string[] = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  '',
]

/** Types that a body of a few bytes cannot be read by. */
export const UNREADABLE_TYPES: readonly string[] = [
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary="',
  'application/json; charset=utf-16',
]

/** What is not JSON of a 4xx; an empty list: all is well. */
export function faultsOf({ status, headers, body }: Answer): readonly string[] {
  const isRefusal = status >= 400 && status < 500
  if (!isRefusal) return [`answered ${status}`]
  const isJson = headers.get('content-type') === 'application/json' && typeof body === 'object'
  return isJson ? [] : [`answered ${status} with ${headers.get('content-type')}`]
}

/** Headers that somebody may send beside anything. */
export const STRANGE_HEADERS: readonly (readonly [name: string, value: string])[] = [
  ['authorization', 'Token '.repeat(1000)],
  ['authorization', `Token ${'a'.repeat(8000)}`],
  ['authorization', `Bearer ${'a.'.repeat(3000)}`],
  ['authorization', `Bearer eyJhbGciOiJub25lIn0.${btoa('{"user_id":"1"}')}.`],
  ['authorization', 'Basic '],
  ['cookie', `sessionid=${'x'.repeat(8000)}`],
  ['cookie', '=;;;=; sessionid; csrftoken=%00'],
  ['accept', '*/*;q=nan,,;;'],
  ['accept', 'a/b;'.repeat(2000)],
  ['accept-language', 'de;q='.repeat(2000)],
  ['content-type', 'application/json;'.repeat(500)],
  ['x-csrftoken', '\u00ff'.repeat(100)],
]
