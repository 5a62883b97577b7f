import type { Exchange } from '../../http/exchange.ts'

/** JSON as Python writes it: a space after the colon, and ASCII alone. */
export function writeJson(value: Readonly<Record<string, string>>): string {
  const members = Object.entries(value).map(([key, text]) => `${asciiOf(key)}: ${asciiOf(text)}`)
  return `{${members.join(', ')}}`
}

const asciiOf = (text: string): string =>
  JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

export function writeToken(token: string, { baseHeaders }: Pick<Exchange, 'baseHeaders'>): Response {
  return new Response(writeJson({ token }), { headers: { ...baseHeaders, 'content-type': 'application/json' } })
}

/** An answer without a body, which the original gives the type of a page all the same. */
export function writeEmpty(
  status: number,
  { baseHeaders }: Pick<Exchange, 'baseHeaders'>,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const type = { 'content-type': 'text/html; charset=utf-8' }
  // RFC 9110 §15.3.5: no content is the meaning of 204; the others have some, of no length.
  return new Response(status === 204 ? null : '', { status, headers: { ...baseHeaders, ...type, ...headers } })
}
