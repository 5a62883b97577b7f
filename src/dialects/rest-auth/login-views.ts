import { type LoginInput, login } from '../../commands/login.ts'
import type { AuthError } from '../../errors.ts'
import { DrfError } from '../drf/drf-error.ts'
import { NON_FIELD, type WireValues } from '../drf/field-set.ts'
import { emailField, passwordField, textField } from '../drf/fields.ts'
import { allowAny } from '../drf/permissions.ts'
import { row } from '../drf/row.ts'
import type { Action, DrfAnswer, DrfCall, View } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import { doorView } from './door-view.ts'
import { inPlace } from './in-place.ts'
import { carrierOf, loginAnswer, sessionBeside } from './login-answer.ts'
import { logoutAction } from './logout-action.ts'

/** `login/` and `logout/`. */
export function loginViews(parts: DoorParts): readonly View[] {
  const { settings } = parts
  const shared = { permission: allowAny, isThrottled: true } as const
  const leave = logoutAction(parts)
  return [
    doorView(parts, {
      ...shared,
      path: '/login',
      name: 'Login',
      ignoresBadCredentials: settings.ignoreStaleCredentials,
      actions: { POST: loginAction(parts) },
    }),
    doorView(parts, {
      ...shared,
      path: '/logout',
      name: 'Logout',
      actions: { ...(settings.dangerouslyLogoutOnGet ? { GET: leave } : {}), POST: leave },
    }),
  ]
}

function loginAction(parts: DoorParts): Action {
  const { settings, words } = parts
  const refused = nonField((call) => words(call).login.cannotLogIn)
  const enter = row({
    permission: allowAny,
    fields: parts.input('login', {
      username: textField({ label: 'Username', required: false, allowBlank: true }),
      email: emailField({ label: 'Email', required: false, allowBlank: true, maxLength: null }),
      password: passwordField({ label: 'Password' }),
    }),
    command: login,
    read: (values, call) => ({
      ...identifierIn(parts, values, call),
      password: values['password'],
      carrier: carrierOf(settings),
      withCookie: sessionBeside(settings),
      updateLastLogin: settings.sessionLogin,
      revealStatus: true,
    }),
    write: loginAnswer(parts, 'login'),
    refusals: {
      invalid_credentials: refused,
      validation_failed: refused,
      user_not_active: (error, call) =>
        error.details.reason === 'pending' ? unverified(parts)(error, call) : refused(error, call),
      email_not_verified: unverified(parts),
    },
  })
  return inPlace(parts, enter)
}

type Refusal = (error: AuthError, call: DrfCall) => DrfAnswer

const nonField =
  (sentence: (call: DrfCall) => string): Refusal =>
  (_, call) => ({ status: 400, body: { [NON_FIELD]: [sentence(call)] } })

const unverified = ({ words }: DoorParts): Refusal => nonField((call) => words(call).login.emailNotVerified)

/** An address wins over a name, and nothing is tried in its place. Where both may log in, the name's field takes either. */
function identifierIn(
  { settings, words }: DoorParts,
  { username, email }: WireValues,
  call: DrfCall,
): Pick<LoginInput, 'identifier' | 'identifiers'> {
  const { loginMethods } = settings
  if (loginMethods.includes('email') && isThere(email)) return { identifier: email, identifiers: ['email'] }
  if (loginMethods.includes('username') && isThere(username)) {
    return { identifier: username, identifiers: loginMethods }
  }
  const { mustInclude } = words(call).login
  const [only = 'username', ...others] = loginMethods
  const sentence = others.length > 0 ? mustInclude.either : mustInclude[only]
  throw new DrfError({ status: 400, body: { [NON_FIELD]: [sentence] } })
}

const isThere = (value: unknown): boolean => value !== undefined && value !== null && value !== ''
