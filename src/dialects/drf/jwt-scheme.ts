import { authenticate } from '../../commands/authenticate.ts'
import { AuthError, type RefusalReason } from '../../errors.ts'
import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import { authorizationWords, type Scheme } from './scheme.ts'
import { SchemeError } from './scheme-error.ts'

/** `Authorization: Bearer …` with an access token; the keyword in exactly the configured spelling. */
export const jwtScheme: Scheme = async (input) => {
  const given = authorizationWords(input, (word) => input.settings.jwtTypes.includes(word))
  if (given === null) return null
  const [token, ...more] = given
  const { jwt } = input.words
  if (token === undefined || more.length > 0) {
    throw new SchemeError({ detail: jwt.headerNeedsTwoValues, code: 'bad_authorization_header' })
  }
  try {
    const actor = await authenticate(input.exchange.engine, token)
    if (actor.session.carrier === 'simple-jwt') return actor
  } catch (error) {
    throw error instanceof AuthError && error.code === 'token_invalid' ? refusalOf(error, jwt) : error
  }
  throw notValid(jwt, jwt.invalid)
}

function refusalOf({ details: { reason } }: AuthError, words: DrfMessages['jwt']): Error {
  if (reason === 'user_unknown') return new SchemeError({ detail: words.userNotFound, code: 'user_not_found' })
  if (reason === 'user_not_active') return new SchemeError({ detail: words.userInactive, code: 'user_inactive' })
  return notValid(words, tokenRefusal(words, reason))
}

/** Why a token is refused, in the words of its library. */
export function tokenRefusal(words: DrfMessages['jwt'], reason: RefusalReason | undefined): string {
  switch (reason) {
    case 'expired':
      return words.expired
    case 'wrong_type':
      return words.wrongType
    case 'ended':
      return words.blacklisted
    default:
      return words.invalid
  }
}

function notValid(words: DrfMessages['jwt'], message: string): Error {
  const report = { token_class: 'AccessToken', token_type: 'access', message }
  return new SchemeError({ detail: words.notValidForAnyType, code: 'token_not_valid', messages: [report] })
}
