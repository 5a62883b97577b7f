import { type LogoutInput, logout } from '../../commands/logout.ts'
import { booleanField } from '../drf/boolean-field.ts'
import { endSessionOfCookie } from '../drf/cookie-sessions.ts'
import { forgetSession } from '../drf/cookies.ts'
import type { WireValues } from '../drf/field-set.ts'
import { isAuthenticated } from '../drf/permissions.ts'
import { row } from '../drf/row.ts'
import { serializer } from '../drf/serializer.ts'
import type { Action, DrfCall } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import type { RestRegistrationSettings } from './settings.ts'

/**
 * Ends the session of the browser, and the tokens where that is asked for. These go first: where there are none, nothing
 * has ended yet, and the client can log out without asking for it.
 */
export function logoutAction(parts: DoorParts): Action {
  const { settings, words, succeed, fail } = parts
  return row({
    permission: isAuthenticated,
    fields: serializer({ revoke_token: booleanField('revoke_token') }),
    command: async (ctx, { call, input }: Leaving) => {
      if (input !== null) await logout(ctx, input)
      if (settings.authenticatesSession) await endSessionBeside(call)
    },
    read: (values, call) => ({ call, input: whatEnds(settings, values, call) }),
    write: (_, call) => ({
      ...succeed(words(call).done.loggedOut),
      cookies: settings.authenticatesSession ? forgetSession(call) : [],
    }),
    refusals: {
      not_found: (_, call) => fail(words(call).refused.tokenNotFound),
      forbidden: (_, call) => fail(words(call).refused.tokenNotRevoked),
    },
  })
}

interface Leaving {
  readonly call: DrfCall
  /** `null`: the token that the caller came with stays good. */
  readonly input: LogoutInput | null
}

function whatEnds(
  { retrievesToken, tokenCarrier }: RestRegistrationSettings,
  { revoke_token: isRevoked }: WireValues,
  { actor }: DrfCall,
): LogoutInput | null {
  const isSession = actor?.session.carrier === 'cookie'
  if (isRevoked !== true || !retrievesToken) return isSession ? {} : null
  return { ends: isSession ? 'both' : 'user-token', tokenCarrier, mustEndToken: true }
}

/** A browser may hold a session beside the credential that was recognised, and even another user's. */
function endSessionBeside(call: DrfCall): Promise<void> {
  return endSessionOfCookie(call, { name: call.settings.cookies.sessionName, carrier: 'cookie' })
}
