import { login } from '../../commands/login.ts'
import { logout } from '../../commands/logout.ts'
import { AuthError } from '../../errors.ts'
import { forgetSession, sessionCookies, withDeviceCookie } from '../drf/cookies.ts'
import { row } from '../drf/row.ts'
import type { Action, View } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'

/** `token/login/` and `token/logout/`. */
export function tokenViews(parts: DoorParts): readonly View[] {
  const { settings, generation } = parts
  const { tokenCreate, tokenDestroy } = settings.permissions
  const shared = { slash: 'optional', generation } as const
  return [
    {
      ...shared,
      path: '/token/login',
      name: 'Token Create',
      permission: tokenCreate,
      actions: { POST: tokenLogin(parts) },
    },
    {
      ...shared,
      path: '/token/logout',
      name: 'Token Destroy',
      permission: tokenDestroy,
      actions: { POST: tokenLogout(parts) },
    },
  ]
}

function tokenLogin({ settings, inputs, refusals }: DoorParts): Action {
  const { model, serialize, createSessionOnLogin } = settings
  const { token: write = (token: string) => ({ auth_token: token }) } = serialize
  return row({
    permission: settings.permissions.tokenCreate,
    fields: inputs.tokenCreate,
    command: login,
    read: (values) => {
      // A site with JWT alone has no token to give: for its clients that is a log-in that does not work.
      if (!settings.hasTokens) throw new AuthError('invalid_credentials')
      return {
        identifier: values[model.loginField],
        password: values['password'],
        carrier: 'user-token' as const,
        withCookie: createSessionOnLogin,
      }
    },
    write: ({ issued, cookie, deviceToken }, { exchange, settings: drf }) => ({
      status: 200,
      body: write(issued.token),
      cookies:
        cookie === null ? [] : withDeviceCookie(exchange, sessionCookies(exchange, drf, cookie), { deviceToken }),
    }),
    refusals: { invalid_credentials: refusals.cannotLogIn, validation_failed: refusals.cannotLogIn },
  })
}

/** The user's one token ends, on every device, and so does what the caller came with: a log-out is one at once. */
function tokenLogout({ settings }: DoorParts): Action {
  return row({
    permission: settings.permissions.tokenDestroy,
    command: logout,
    read: (_, { exchange, settings: { cookies } }) => ({
      ends: settings.hasTokens ? ('both' as const) : ('session' as const),
      cookie: exchange.cookie(cookies.sessionName),
    }),
    write: (_, call) => ({ status: 204, cookies: forgetSession(call) }),
  })
}
