import type { Exchange } from '../../http/exchange.ts'
import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import type { Actor } from '../../model/session.ts'
import type { RequestData } from './request-data.ts'
import type { DrfSettings } from './view.ts'

/** What a scheme looks at. */
export interface SchemeInput {
  readonly exchange: Exchange
  readonly settings: DrfSettings
  readonly words: DrfMessages
  readonly readData: () => Promise<RequestData>
  /** Written by the schemes: the answer must say so even where a later scheme refuses. */
  readonly cookies: CookieTrace
}

/** What became of cookies while it was found out who sent a request. */
export interface CookieTrace {
  /** One was looked for, so the answer varies by it. */
  isCookieAsked: boolean
  /** The browser holds the cookie of a session that is over. */
  isSessionOver: boolean
}

/**
 * Recognises a caller by one kind of credential; `null` where the request has none of its kind.
 *
 * @throws {SchemeError} for one that is there and bad
 */
export type Scheme = (input: SchemeInput) => Promise<Actor | null>

/** The words after the first of an `Authorization` header whose first word is `keyword`, or `null`. */
export function authorizationWords(
  { exchange }: Pick<SchemeInput, 'exchange'>,
  isKeyword: (word: string) => boolean,
): readonly string[] | null {
  // White space of ASCII alone: a header's bytes above it are part of whatever they stand in.
  const [keyword, ...words] = exchange.header('authorization')?.match(/[^ \t\n\v\f\r]+/g) ?? []
  return keyword !== undefined && isKeyword(keyword) ? words : null
}
