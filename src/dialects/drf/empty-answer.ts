import type { Exchange } from '../../http/exchange.ts'

/** An answer without a body and without a type. It says that there is none, so that nobody waits for one. */
export function emptyAnswer(
  { baseHeaders }: Exchange,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Response {
  // RFC 9110 §8.6: a 204 must not say it.
  const length = status === 204 ? {} : { 'content-length': '0' }
  return new Response(null, { status, headers: { ...baseHeaders, ...length, ...headers } })
}
