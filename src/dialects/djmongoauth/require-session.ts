import { authenticate } from '../../commands/authenticate.ts'
import { AuthError } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import { tokenIn } from '../../http/find-credential.ts'
import { en } from '../../messages/djmongoauth/en.ts'
import type { ActiveSession } from '../../model/session.ts'
import { logoutRefusal, mailRefusal } from './foreign-token.ts'
import { ToldError } from './told-error.ts'

/** Django's name for the header `Authorization`. */
const HEADER = 'HTTP_AUTHORIZATION'

/** What a handler says of a header that opens nothing. */
export interface TokenWords {
  readonly missing: string
  readonly isEmptyMissing: boolean
  /** Of the form of Portress, but of no live session. */
  readonly dead: (isExpired: boolean) => string
  readonly foreign: (token: string, now: Date) => string
}

export const LOGOUT_WORDS: TokenWords = {
  missing: en.errors.noToken,
  isEmptyMissing: true,
  dead: (isExpired) => (isExpired ? en.errors.expiredToken : en.errors.unknownSession),
  foreign: logoutRefusal,
}

export const MAIL_WORDS: TokenWords = {
  missing: en.errors.missing(HEADER),
  isEmptyMissing: false,
  dead: () => en.errors.unknownTokenUser,
  foreign: mailRefusal,
}

/**
 * The live session that the header names, whole and by itself or behind any word. Unlike the original nothing is read out
 * of the token: it belongs to one session and one user.
 *
 * @throws {ToldError} where there is none
 */
export async function requireSession(exchange: Exchange, words: TokenWords): Promise<ActiveSession> {
  const { engine } = exchange
  const authorization = exchange.header('authorization')
  if (authorization === null || (authorization === '' && words.isEmptyMissing)) throw new ToldError(words.missing)
  const token = tokenIn(authorization)
  if (token === null) throw new ToldError(words.foreign(authorization, engine.clock.now()))
  try {
    return await authenticate(engine, token)
  } catch (error) {
    if (!(error instanceof AuthError) || error.code !== 'token_invalid') throw error
    const { reason } = error.details
    const isForeign = reason === 'malformed'
    throw new ToldError(isForeign ? words.foreign(authorization, engine.clock.now()) : words.dead(reason === 'expired'))
  }
}
