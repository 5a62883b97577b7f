import { login } from '../../commands/login.ts'
import { rotateToken } from '../../commands/rotate-token.ts'
import { verifyToken } from '../../commands/verify-token.ts'
import type { AuthError } from '../../errors.ts'
import { passwordField, textField } from '../drf/fields.ts'
import { notRefreshed, notVerified, refusedJwt } from '../drf/jwt-answers.ts'
import { allowAny } from '../drf/permissions.ts'
import { row } from '../drf/row.ts'
import { serializer } from '../drf/serializer.ts'
import type { Action, DrfAnswer, DrfCall, View } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import type { LoginField } from './model.ts'

/** `jwt/create`, `jwt/refresh` and `jwt/verify`, as simplejwt has them. They look at no credential. */
export function jwtViews({ settings, generation }: DoorParts): readonly View[] {
  const view = (path: string, name: string, action: Action): View => ({
    path: `/jwt/${path}`,
    slash: 'optional',
    // The original's patterns have no end.
    matchesPrefix: true,
    name,
    readsCredentials: false,
    permission: allowAny,
    actions: { POST: action },
    generation,
  })
  return [
    view('create', 'Token Obtain Pair', creation(settings.model.jwtField)),
    view('refresh', 'Token Refresh', refreshment()),
    view('verify', 'Token Verify', verification()),
  ]
}

function creation(field: LoginField): Action {
  return row({
    permission: allowAny,
    fields: serializer({
      [field]: textField({ label: field === 'email' ? 'Email' : 'Username' }),
      password: passwordField({ label: 'Password' }),
    }),
    command: login,
    read: (values, { exchange }) => ({
      identifier: values[field],
      password: values['password'],
      carrier: 'simple-jwt' as const,
      updateLastLogin: exchange.engine.config.simpleJwt.updateLastLogin,
    }),
    write: ({ issued }) => ({ status: 200, body: { refresh: issued.refreshToken, access: issued.token } }),
    refusals: { invalid_credentials: noAccount, validation_failed: noAccount },
  })
}

const noAccount = (_: AuthError, call: DrfCall): DrfAnswer =>
  refusedJwt(call, { detail: call.words.jwt.noActiveAccount })

function refreshment(): Action {
  return row({
    permission: allowAny,
    fields: serializer({ refresh: textField({ label: 'Refresh' }) }),
    command: rotateToken,
    read: ({ refresh }) => ({ refreshToken: refresh, carrier: 'simple-jwt' as const }),
    write: ({ issued }) => ({
      status: 200,
      body: { access: issued.token, ...(issued.refreshToken === null ? {} : { refresh: issued.refreshToken }) },
    }),
    refusals: { token_invalid: notRefreshed },
  })
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
