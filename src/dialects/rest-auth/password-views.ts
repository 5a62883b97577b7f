import { changePassword } from '../../commands/change-password.ts'
import { checkCurrentPassword } from '../../commands/check-current-password.ts'
import { requestPasswordReset } from '../../commands/request-password-reset.ts'
import { emailTooLong } from '../../messages/rest-auth/first-generation.ts'
import { codePointLength } from '../../util/text.ts'
import { complaintsOf } from '../drf/complaints-of.ts'
import { forgetSession, renewedSessionCookie } from '../drf/cookies.ts'
import { DrfError } from '../drf/drf-error.ts'
import type { FieldNames, NamedField } from '../drf/field-errors.ts'
import type { WireErrors, WireValues } from '../drf/field-set.ts'
import { emailField, passwordField } from '../drf/fields.ts'
import { clearedJwtCookies } from '../drf/jwt-cookies.ts'
import { allowAny, isAuthenticated } from '../drf/permissions.ts'
import { row } from '../drf/row.ts'
import type { Action, DrfAnswer, DrfCall, View } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import { doorView } from './door-view.ts'
import { NEW_PASSWORD_STEPS, newPasswordNames, newPasswordReaders, PASSWORD_LENGTH } from './new-password.ts'
import { resetConfirmation } from './reset-confirmation.ts'
import type { RestAuthSettings } from './settings.ts'
import { doorWords, said } from './words.ts'

/** `password/change/`, `password/reset/` and `password/reset/confirm/`. */
export function passwordViews(parts: DoorParts): readonly View[] {
  const { settings } = parts
  const open = {
    isThrottled: true,
    permission: allowAny,
    ignoresBadCredentials: settings.ignoreStaleCredentials,
  } as const
  return [
    doorView(parts, {
      path: '/password/change',
      name: 'Password Change',
      isThrottled: true,
      permission: isAuthenticated,
      actions: { POST: change(parts) },
    }),
    doorView(parts, { ...open, path: '/password/reset', name: 'Password Reset', actions: { POST: request(parts) } }),
    doorView(parts, {
      ...open,
      path: '/password/reset/confirm',
      name: 'Password Reset Confirm',
      actions: { POST: resetConfirmation(parts) },
    }),
  ]
}

function change(parts: DoorParts): Action {
  const { settings, words } = parts
  const { oldPasswordFieldEnabled: isOldAsked, logoutOnPasswordChange: endCurrentSession } = settings
  const oldPassword = { old_password: passwordField({ label: 'Old password', maxLength: PASSWORD_LENGTH }) }
  const names: FieldNames = { ...newPasswordNames(settings), currentPassword: oldPasswordName(settings) }
  return row({
    permission: isAuthenticated,
    fields: parts.input('passwordChange', { ...(isOldAsked ? oldPassword : {}), ...newPasswordReaders }),
    check: (values, call) => (isOldAsked ? oldPasswordComplaints(values, call, names) : {}),
    command: changePassword,
    read: (values) => ({
      ...(isOldAsked ? { currentPassword: values['old_password'] } : { dangerouslyWithoutCurrentPassword: true }),
      newPassword: values['new_password1'],
      newPasswordAgain: values['new_password2'],
      endCurrentSession,
    }),
    write: ({ renewed }, call) => ({
      status: 200,
      body: { detail: words(call).passwords.saved },
      cookies: endCurrentSession ? forgetEverything(call) : renewedSessionCookie(call, renewed),
    }),
    names,
    steps: NEW_PASSWORD_STEPS,
    refusals: {
      wrong_current_password: (_, call) => ({
        status: 400,
        body: { old_password: [said(settings, words(call).passwords.oldPasswordWrong)] },
      }),
    },
  })
}

const oldPasswordName = (settings: RestAuthSettings): NamedField => ({
  name: 'old_password',
  sentence: ({ code }, { language }) =>
    code === 'wrong_password' ? said(settings, doorWords(settings, language).passwords.oldPasswordWrong) : null,
})

/** Beside other complaints a wrong password is told as well; without others the command finds out. */
function oldPasswordComplaints(
  { old_password: currentPassword }: WireValues,
  call: DrfCall,
  names: FieldNames,
): Promise<WireErrors> | WireErrors {
  if (currentPassword === undefined) return {}
  return complaintsOf(checkCurrentPassword(call.ctx, { currentPassword }), call, names)
}

/** A token that is over must not stay in a browser: each request with it would be refused, log-in included. */
const forgetEverything = (call: DrfCall): readonly string[] => [
  ...forgetSession(call),
  ...clearedJwtCookies(call.exchange, call.settings),
]

/** Everybody is answered alike, whoever has the address. */
function request(parts: DoorParts): Action {
  const { settings, words } = parts
  const sent = (call: DrfCall): DrfAnswer => ({ status: 200, body: { detail: words(call).passwords.resetSent } })
  return row({
    permission: allowAny,
    fields: parts.input('passwordReset', { email: emailField({ label: 'Email', maxLength: null }) }),
    command: requestPasswordReset,
    read: ({ email }) => {
      if (settings.generation === '0.9') assertLengthAsForm(email)
      const onlyActive = settings.generation === '7' ? ('even-without-password' as const) : true
      return { email, onlyActive }
    },
    write: (_, call) => sent(call),
    // What is too long for an address is nobody's.
    refusals: { validation_failed: (_, call) => sent(call) },
  })
}

const MAX_EMAIL_LENGTH = 254

/** The form inside the serializer has a limit of its own, and its complaints come out as they are: one object in another. */
function assertLengthAsForm(email: unknown): void {
  const length = codePointLength(String(email))
  if (length <= MAX_EMAIL_LENGTH) return
  throw new DrfError({ status: 400, body: { email: { email: [emailTooLong(MAX_EMAIL_LENGTH, length)] } } })
}
