import { authenticate } from '../../commands/authenticate.ts'
import { AuthError } from '../../errors.ts'
import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import type { Actor } from '../../model/session.ts'
import type { SchemeInput } from './scheme.ts'
import { SchemeError } from './scheme-error.ts'
import { tokenRefusal } from './token-refusal.ts'

/**
 * Whose an access token of simplejwt is, wherever in the request it came.
 *
 * @throws {SchemeError} for any that lets nobody in
 */
export async function simpleJwtActor({ exchange, words }: SchemeInput, token: string): Promise<Actor> {
  try {
    return await authenticate(exchange.engine, token, 'simple-jwt')
  } catch (error) {
    throw error instanceof AuthError && error.code === 'token_invalid' ? refusalOf(error, words.jwt) : error
  }
}

function refusalOf({ details }: AuthError, words: DrfMessages['jwt']): Error {
  const { reason } = details
  if (reason === 'user_unknown') return new SchemeError({ detail: words.userNotFound, code: 'user_not_found' })
  if (reason === 'user_not_active') return new SchemeError({ detail: words.userInactive, code: 'user_inactive' })
  const message = tokenRefusal(words, details)
  // This is found out after all that the token itself is asked for, and so without its report.
  if (message === words.noUserIdentification) return new SchemeError({ detail: message, code: 'token_not_valid' })
  return notValid(words, message)
}

function notValid(words: DrfMessages['jwt'], message: string): Error {
  const report = { token_class: 'AccessToken', token_type: 'access', message }
  return new SchemeError({ detail: words.notValidForAnyType, code: 'token_not_valid', messages: [report] })
}
