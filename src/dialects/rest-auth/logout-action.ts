import { logout } from '../../commands/logout.ts'
import { revokeToken } from '../../commands/revoke-token.ts'
import { endRefreshCookie, isBadToken, sessionOfCookie } from '../drf/cookie-sessions.ts'
import { forgetSession } from '../drf/cookies.ts'
import { DrfError } from '../drf/drf-error.ts'
import { textField } from '../drf/fields.ts'
import { clearedJwtCookies } from '../drf/jwt-cookies.ts'
import { allowAny } from '../drf/permissions.ts'
import { readCallData } from '../drf/read-call-data.ts'
import { serializer } from '../drf/serializer.ts'
import { tokenRefusal } from '../drf/token-refusal.ts'
import type { Action, DrfAnswer, DrfCall } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import type { RestAuthSettings } from './settings.ts'

/**
 * Ends what the caller came with and everything beside it: the user's token, the session of the cookie, the refresh token.
 * Whatever is wrong with the request, the caller is logged out and the cookies are gone.
 */
export function logoutAction(parts: DoorParts): Action {
  const { settings } = parts
  return {
    permission: allowAny,
    fields: readsBody(settings) ? REFRESH : null,
    run: async (call) => {
      const answer = await endEverything(parts, call)
      return { ...answer, cookies: [...forgetSession(call), ...clearedJwtCookies(call.exchange, call.settings)] }
    },
  }
}

const REFRESH = serializer({ refresh: textField({ label: 'Refresh', required: false, allowBlank: true }) })

const isPair = ({ answer, generation }: RestAuthSettings): boolean => answer === 'jwt' && generation === '7'

const readsBody = (settings: RestAuthSettings): boolean =>
  isPair(settings) && settings.tokenBlacklist && !settings.jwtCookies.isHttpOnly

/** The refresh token first: it ends with its session, and would then be one that is spent already. */
async function endEverything(parts: DoorParts, call: DrfCall): Promise<DrfAnswer> {
  try {
    return await tellOutcome(parts, call)
  } finally {
    // Also where that was refused, such as for too many bad tokens from this address: somebody wants to be logged out.
    await endSessions(call)
  }
}

async function tellOutcome(parts: DoorParts, call: DrfCall): Promise<DrfAnswer> {
  const { settings, words } = parts
  const { done, notLoggedIn, tokenRemains } = words(call).logout
  if (isPair(settings) && settings.tokenBlacklist) return endDemandedToken(parts, call)
  if (isPair(settings)) {
    // The original leaves it alone, so that whoever copied it stays logged in.
    await endRefreshCookie(call, settings.jwtCookies.refreshName)
    return answerWith(200, settings.jwtCookies.accessName === null ? tokenRemains : done)
  }
  const isSessionless = settings.generation === '7' && !settings.sessionLogin
  return isSessionless && call.actor === null ? answerWith(400, notLoggedIn) : answerWith(200, done)
}

const answerWith = (status: number, detail: string): DrfAnswer => ({ status, body: { detail } })

/** As with the blacklist app: no log-out without the refresh token. */
async function endDemandedToken({ settings, words }: DoorParts, call: DrfCall): Promise<DrfAnswer> {
  const { done, noRefreshInBody, noRefreshInCookie } = words(call).logout
  try {
    const isRead = readsBody(settings)
    const refreshToken = isRead ? await tokenInBody(call) : tokenInCookie(settings, call)
    if (refreshToken === null) return answerWith(401, isRead ? noRefreshInBody : noRefreshInCookie)
    await revokeToken(call.ctx, { refreshToken, carrier: 'simple-jwt' })
    return answerWith(200, done)
  } catch (error) {
    if (error instanceof DrfError) return error.answer
    if (isBadToken(error)) return answerWith(401, tokenRefusal(call.words.jwt, error.details))
    throw error
  }
}

function tokenInCookie({ jwtCookies: { refreshName } }: RestAuthSettings, { exchange }: DrfCall): string | null {
  return refreshName === null ? null : exchange.cookie(refreshName)
}

/** @throws {DrfError} for a body that cannot be read, or has something else where the token belongs */
async function tokenInBody(call: DrfCall): Promise<unknown> {
  const { values, errors } = await REFRESH.read(await readCallData(call), call.words)
  if (Object.keys(errors).length > 0) throw new DrfError({ status: 400, body: errors })
  return values['refresh'] ?? null
}

/** A browser may hold a session beside the credential that was recognised, and even another user's. */
async function endSessions(call: DrfCall): Promise<void> {
  const { ctx, actor } = call
  const beside = await sessionOfCookie(call, { name: call.settings.cookies.sessionName, carrier: 'cookie' })
  if (actor !== null) await logout(ctx, { ends: 'both' })
  if (beside !== null && beside.session.id !== actor?.session.id) await logout({ ...ctx, actor: beside })
}
