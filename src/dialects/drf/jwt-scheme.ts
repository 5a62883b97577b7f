import { authorizationWords, type Scheme } from './scheme.ts'
import { SchemeError } from './scheme-error.ts'
import { simpleJwtActor } from './simple-jwt-actor.ts'

/** `Authorization: Bearer …` with an access token; the keyword in exactly the configured spelling. */
export const jwtScheme: Scheme = async (input) => {
  const given = authorizationWords(input, (word) => input.settings.jwtTypes.includes(word))
  if (given === null) return null
  const [token, ...more] = given
  if (token === undefined || more.length > 0) {
    throw new SchemeError({ detail: input.words.jwt.headerNeedsTwoValues, code: 'bad_authorization_header' })
  }
  return simpleJwtActor(input, token)
}
