import { rotateToken } from '../../commands/rotate-token.ts'
import { verifyToken } from '../../commands/verify-token.ts'
import type { JsonValue } from '../../model/field.ts'
import type { IssuedToken } from '../../model/session.ts'
import { DrfError } from '../drf/drf-error.ts'
import { textField } from '../drf/fields.ts'
import { notRefreshed, notVerified, refusedJwt } from '../drf/jwt-answers.ts'
import { jwtCookies } from '../drf/jwt-cookies.ts'
import { allowAny } from '../drf/permissions.ts'
import { row } from '../drf/row.ts'
import { serializer } from '../drf/serializer.ts'
import type { Action, DrfAnswer, DrfCall, View } from '../drf/view.ts'
import { writeMoment } from '../drf/write-moment.ts'
import type { DoorParts } from './door-parts.ts'
import { doorView } from './door-view.ts'
import type { RestAuthSettings } from './settings.ts'

/** `token/verify/` and `token/refresh/` of generation 7. They look at no credential, so they ask for no CSRF token. */
export function tokenViews(parts: DoorParts): readonly View[] {
  const view = (path: string, name: string, action: Action): View =>
    doorView(parts, { path, name, readsCredentials: false, permission: allowAny, actions: { POST: action } })
  return [
    view('/token/verify', 'Token Verify', verification()),
    view('/token/refresh', 'Refresh View With Cookie Support', refreshment(parts)),
  ]
}

function verification(): Action {
  return row({
    permission: allowAny,
    fields: serializer({ token: textField({ label: 'Token' }) }),
    command: verifyToken,
    read: ({ token }) => ({ token, accepts: 'any' as const }),
    write: () => ({ status: 200, body: {} }),
    refusals: { token_invalid: notVerified },
  })
}

function refreshment(parts: DoorParts): Action {
  const { settings, words } = parts
  const { refreshName } = settings.jwtCookies
  const noRefreshToken = (call: DrfCall): DrfAnswer =>
    refusedJwt(call, { detail: words(call).noRefreshToken, code: 'token_not_valid' })
  return row({
    permission: allowAny,
    fields: serializer({ refresh: textField({ label: 'Refresh', required: false }) }),
    command: rotateToken,
    read: ({ refresh }, call) => {
      // An empty text and `null` were refused before: only a body without the key leaves it to the cookie.
      const refreshToken = refresh ?? (refreshName === null ? null : call.exchange.cookie(refreshName))
      if (refreshToken === null) throw new DrfError(noRefreshToken(call))
      return { refreshToken, carrier: 'simple-jwt' as const }
    },
    write: ({ issued }, { exchange, settings: drf }) => ({
      status: 200,
      body: refreshAnswer(settings, issued),
      cookies: jwtCookies(exchange, drf, issued),
    }),
    refusals: { token_invalid: notRefreshed },
  })
}

/** A new refresh token stands in the body only where scripts may read it. */
function refreshAnswer(settings: RestAuthSettings, issued: IssuedToken): JsonValue {
  const { token: access, expiresAt, refreshToken, refreshExpiresAt } = issued
  const expiration = { access_expiration: writeMoment(expiresAt) }
  if (refreshToken === null || refreshExpiresAt === null || hidesRefreshToken(settings))
    return { access, ...expiration }
  return { access, refresh: refreshToken, ...expiration, refresh_expiration: writeMoment(refreshExpiresAt) }
}

function hidesRefreshToken({ jwtCookies: { isHttpOnly, refreshName }, refreshInBodyWithoutCookie }: RestAuthSettings) {
  return isHttpOnly && !(refreshInBodyWithoutCookie && refreshName === null)
}
