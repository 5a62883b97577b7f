import { authenticate } from '../../commands/authenticate.ts'
import { AuthError } from '../../errors.ts'
import { drfJwtWords } from '../../messages/drf/drf-jwt-words.ts'
import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import { readJwtCookie } from './read-jwt-cookie.ts'
import { authorizationWords, type Scheme, type SchemeInput } from './scheme.ts'
import { badCredential } from './scheme-error.ts'

/** The token of djangorestframework-jwt: `Authorization: JWT …` with the keyword in any case, or the cookie. */
export const drfJwtScheme: Scheme = async (input) => {
  const token = headerToken(input) ?? (await readJwtCookie(input))
  if (token === null) return null
  try {
    return await authenticate(input.exchange.engine, token, 'drf-jwt')
  } catch (error) {
    const isBad = error instanceof AuthError && error.code === 'token_invalid'
    throw isBad ? badCredential(refusalOf(error, input.words)) : error
  }
}

function headerToken(input: SchemeInput): string | null {
  const given = authorizationWords(input, (word) => word.toLowerCase() === 'jwt')
  if (given === null) return null
  const [token, ...more] = given
  if (token === undefined) throw badCredential(drfJwtWords.noCredentials)
  if (more.length > 0) throw badCredential(drfJwtWords.containsSpaces)
  return token
}

function refusalOf({ details: { reason } }: AuthError, { authentication }: DrfMessages): string {
  switch (reason) {
    case 'expired':
    // The original knows no end but `exp`. To a client both mean: log in again.
    case 'ended':
      return drfJwtWords.expired
    case 'wrong_algorithm':
      return authentication.credentialsIncorrect
    case 'missing_claim':
      return drfJwtWords.claimMissing
    case 'user_unknown':
      return drfJwtWords.userUnknown
    case 'user_not_active':
      return drfJwtWords.userDisabled
    default:
      return drfJwtWords.undecodable
  }
}
