import type { AuthError } from '../../errors.ts'
import { NON_FIELD } from './field-set.ts'
import { tokenRefusal } from './token-refusal.ts'
import type { DrfAnswer, DrfCall } from './view.ts'

/** A refusal at the endpoints of simplejwt: whatever scheme the site asks first, these have a challenge of their own. */
export function refusedJwt({ settings }: DrfCall, body: Readonly<Record<string, string>>): DrfAnswer {
  return { status: 401, body, headers: { 'www-authenticate': `${settings.jwtTypes[0]} realm="api"` } }
}

/** A token that may not be exchanged. */
export function notRefreshed(error: AuthError, call: DrfCall): DrfAnswer {
  const { reason } = error.details
  // A user who is gone is a fault of the original; one who is not active is the nearest thing it has words for.
  const isWithoutUser = reason === 'user_not_active' || reason === 'user_unknown'
  return isWithoutUser ? refusedJwt(call, { detail: call.words.jwt.noActiveAccountForToken }) : notValid(error, call)
}

/** A token that is none, or none any more: one that was good once and is over is not unauthorized here, but wrong. */
export function notVerified(error: AuthError, call: DrfCall): DrfAnswer {
  if (error.details.reason !== 'ended') return notValid(error, call)
  return { status: 400, body: { [NON_FIELD]: [call.words.jwt.blacklisted] } }
}

const notValid = ({ details }: AuthError, call: DrfCall): DrfAnswer =>
  refusedJwt(call, { detail: tokenRefusal(call.words.jwt, details), code: 'token_not_valid' })
