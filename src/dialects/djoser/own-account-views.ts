import { changePassword } from '../../commands/change-password.ts'
import { changeUsername } from '../../commands/change-username.ts'
import { checkCurrentPassword } from '../../commands/check-current-password.ts'
import { setEmail } from '../../commands/set-email.ts'
import { complaintsOf } from '../drf/complaints-of.ts'
import { forgetSession, sessionCookies } from '../drf/cookies.ts'
import type { WireErrors, WireValues } from '../drf/field-set.ts'
import { row } from '../drf/row.ts'
import type { Action, DrfCall, View } from '../drf/view.ts'
import { uniqueLogin } from './account-fields.ts'
import { activationOf, type DoorParts } from './door-parts.ts'

/** `users/set_password/` and `users/set_{U}/`: what the caller changes with the password. */
export function ownAccountViews(parts: DoorParts): readonly View[] {
  const { settings, generation } = parts
  const { usernameField: field } = settings.model
  const shared = {
    slash: 'required',
    hasFormatSuffix: true,
    permission: settings.permissions.user,
    generation,
  } as const
  const rename = field === 'username' ? newUsername(parts) : newEmail(parts)
  return [
    { ...shared, path: '/users/set_password', name: 'Set password', actions: { POST: newPassword(parts) } },
    { ...shared, path: `/users/set_${field}`, name: `Set ${field}`, actions: { POST: rename } },
  ]
}

function newPassword(parts: DoorParts): Action {
  const { settings, inputs, refusals } = parts
  return row({
    permission: settings.permissions.setPassword,
    fields: inputs.setPassword,
    check: (values, call) => passwordComplaints(parts, values, call),
    command: changePassword,
    read: (values) => ({
      currentPassword: values['current_password'],
      newPassword: values['new_password'],
      ...(settings.setPasswordRetype ? { newPasswordAgain: values['re_new_password'] } : {}),
      endCurrentSession: settings.logoutOnPasswordChange,
    }),
    write: ({ renewed }, call) => {
      if (settings.logoutOnPasswordChange) return { status: 204, cookies: forgetSession(call) }
      // Only the session has a new secret; the CSRF token goes on.
      const cookies = renewed === null ? [] : sessionCookies(call.exchange, call.settings, renewed).slice(0, 1)
      return { status: 204, cookies }
    },
    names: {
      currentPassword: refusals.currentPassword,
      newPassword: 'new_password',
      newPasswordAgain: refusals.passwordsDiffer,
    },
    steps: [['newPassword'], ['newPasswordAgain']],
    refusals: { wrong_current_password: refusals.wrongPassword },
  })
}

function newUsername(parts: DoorParts): Action {
  const { settings, inputs, refusals } = parts
  return row({
    permission: settings.permissions.setUsername,
    fields: inputs.setUsername,
    check: (values, call) => passwordComplaints(parts, values, call),
    command: changeUsername,
    read: (values) => ({
      currentPassword: values['current_password'],
      newUsername: values['new_username'],
      ...(settings.setUsernameRetype ? { newUsernameAgain: values['re_new_username'] } : {}),
    }),
    write: () => ({ status: 204 }),
    names: {
      currentPassword: refusals.currentPassword,
      newUsername: uniqueLogin('username', 'new_username'),
      newUsernameAgain: refusals.fieldsDiffer('username'),
    },
    refusals: { wrong_current_password: refusals.wrongPassword },
  })
}

/** The same for a model in which the address is the name to log in with. */
function newEmail(parts: DoorParts): Action {
  const { settings, inputs, refusals } = parts
  return row({
    permission: settings.permissions.setUsername,
    fields: inputs.setUsername,
    check: (values, call) => passwordComplaints(parts, values, call),
    command: setEmail,
    read: (values) => ({
      currentPassword: values['current_password'] ?? null,
      email: values['new_email'],
      ...(settings.setUsernameRetype ? { emailAgain: values['re_new_email'] } : {}),
      activation: activationOf(settings),
    }),
    write: () => ({ status: 204 }),
    names: {
      currentPassword: refusals.currentPassword,
      email: uniqueLogin('email', 'new_email'),
      emailAgain: refusals.fieldsDiffer('email'),
    },
    refusals: { wrong_current_password: refusals.wrongPassword },
  })
}

/** Beside other complaints a wrong password is told as well; without others the command finds out. */
function passwordComplaints(
  { refusals }: DoorParts,
  { current_password: currentPassword }: WireValues,
  call: DrfCall,
): Promise<WireErrors> | WireErrors {
  if (currentPassword === undefined) return {}
  const names = { currentPassword: refusals.currentPassword }
  return complaintsOf(checkCurrentPassword(call.ctx, { currentPassword }), call, names)
}
