import type { CommandContext } from '../../commands/context.ts'
import { type LoginInput, type LoginResult, login } from '../../commands/login.ts'
import { logout } from '../../commands/logout.ts'
import type { AuthError } from '../../errors.ts'
import type { WireValues } from '../drf/field-set.ts'
import { passwordField, textField } from '../drf/fields.ts'
import { isAuthenticated } from '../drf/permissions.ts'
import { row } from '../drf/row.ts'
import type { Action, DrfAnswer, DrfCall, View } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import { doorView } from './door-view.ts'
import { carriersOf, loginAnswer } from './login-answer.ts'
import { logoutAction } from './logout-action.ts'
import { siteAuthenticator } from './site-authenticator.ts'

/** `login/` and `logout/`. */
export function loginViews(parts: DoorParts): readonly View[] {
  const { publicPermission: permission } = parts.settings
  return [
    doorView(parts, { path: '/login', name: 'Login', permission, actions: { POST: loginAction(parts) } }),
    doorView(parts, {
      path: '/logout',
      name: 'Logout',
      permission: isAuthenticated,
      actions: { POST: logoutAction(parts) },
    }),
  ]
}

function loginAction(parts: DoorParts): Action {
  const { settings, words, fail } = parts
  const refused = (_: AuthError, call: DrfCall): DrfAnswer => fail(words(call).refused.loginInvalid)
  return row({
    permission: settings.publicPermission,
    fields: parts.input('login', {
      login: textField({ label: 'Login' }),
      password: passwordField({ label: 'Password' }),
    }),
    command: settings.authenticatesSession || settings.retrievesToken ? login : proveOnly,
    read: (values) => readLogin(parts, values),
    write: loginAnswer(parts, (call) => words(call).done.loggedIn),
    refusals: {
      invalid_credentials: refused,
      validation_failed: refused,
      user_not_active: refused,
      email_not_verified: refused,
      token_invalid: (_, call) => fail(words(call).refused.tokenNotProvided),
      forbidden: (_, call) => fail(words(call).refused.tokenError),
    },
  })
}

function readLogin({ settings }: DoorParts, values: WireValues): LoginInput {
  const { loginAuthenticator } = settings
  const proof =
    loginAuthenticator === null
      ? { password: values['password'] }
      : { authenticator: siteAuthenticator(settings, loginAuthenticator, values) }
  return { ...claimIn(settings, values), ...proof, ...carriersOf(settings), revealStatus: false }
}

/** `login` may be any of the fields to log in with; a schema of the site's own may ask for one by its own name. */
function claimIn(
  { loginFields }: DoorParts['settings'],
  values: WireValues,
): Pick<LoginInput, 'identifier' | 'identifiers'> {
  if (values['login'] !== undefined) return { identifier: values['login'], identifiers: loginFields }
  const named = loginFields.find((field) => values[field] !== undefined)
  return named === undefined ? { identifier: undefined } : { identifier: values[named], identifiers: [named] }
}

/** Where a log-in gives nothing to come back with, the session that it is ends with the answer. */
async function proveOnly(ctx: CommandContext, input: LoginInput): Promise<LoginResult> {
  const result = await login(ctx, input)
  const { user, issued } = result
  await logout({ ...ctx, actor: { user, session: issued.session } })
  return result
}
