import { authenticate } from '../../commands/authenticate.ts'
import { AuthError } from '../../errors.ts'
import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import { authorizationWords, type Scheme } from './scheme.ts'
import { badCredential } from './scheme-error.ts'

/** `Authorization: Token …`, the keyword in any case. */
export const tokenScheme: Scheme = async (input) => {
  const given = authorizationWords(input, (word) => word.toLowerCase() === 'token')
  if (given === null) return null
  const { authentication } = input.words
  const [token, ...more] = given
  if (token === undefined) throw badCredential(authentication.tokenHeader.noCredentials)
  if (more.length > 0) throw badCredential(authentication.tokenHeader.containsSpaces)
  // Header values arrive byte for byte, so anything that was not ASCII shows here.
  if (/[\u0080-\uffff]/.test(token)) throw badCredential(authentication.tokenHeader.invalidCharacters)
  try {
    return await authenticate(input.exchange.engine, token, input.settings.tokenCarrier ?? 'user-token')
  } catch (error) {
    throw error instanceof AuthError && error.code === 'token_invalid' ? refusalOf(error, authentication) : error
  }
}

function refusalOf({ details }: AuthError, words: DrfMessages['authentication']): Error {
  return badCredential(details.reason === 'user_not_active' ? words.userInactiveOrDeleted : words.invalidToken)
}
