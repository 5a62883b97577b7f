import { activate } from '../../commands/activate.ts'
import { changePassword } from '../../commands/change-password.ts'
import { changeUsername } from '../../commands/change-username.ts'
import { confirmPasswordReset } from '../../commands/confirm-password-reset.ts'
import { requestPasswordReset } from '../../commands/request-password-reset.ts'
import { setEmail } from '../../commands/set-email.ts'
import type { AuthError } from '../../errors.ts'
import { sessionCookies } from '../drf/cookies.ts'
import { NON_FIELD } from '../drf/field-set.ts'
import { row } from '../drf/row.ts'
import { decodeUid } from '../drf/uid.ts'
import type { Action, DrfAnswer } from '../drf/view.ts'
import { uniqueLogin } from './account-fields.ts'
import {
  activationFor,
  authToken,
  carrierFor,
  emptyAnswer,
  type FirstGenerationDoor,
} from './first-generation-account.ts'

export interface FirstGenerationSecrets {
  readonly activate: Action
  readonly setUsername: Action
  readonly setPassword: Action
  readonly resetPassword: Action
  readonly confirmReset: Action
}

/** What a mailed link opens, and what the current password has to confirm. */
export function firstGenerationSecrets(door: FirstGenerationDoor): FirstGenerationSecrets {
  const { usernameField } = door.settings.model
  return {
    activate: activateRow(door),
    setUsername: usernameField === 'email' ? setEmailRow(door) : setUsernameRow(door),
    setPassword: setPasswordRow(door),
    resetPassword: row({
      permission: door.may.passwordReset,
      fields: door.fields.passwordReset,
      command: requestPasswordReset,
      read: ({ email }) => ({ email, onlyActive: true }),
      write: emptyAnswer,
    }),
    confirmReset: confirmResetRow(door),
  }
}

function activateRow(door: FirstGenerationDoor): Action {
  const { loginAfterActivation } = door.settings
  return row({
    permission: door.may.activation,
    fields: door.fields.activation,
    command: activate,
    read: ({ uid, token }) => ({
      code: token,
      userId: decodeUid(uid),
      ...carrierFor(door.settings, loginAfterActivation),
      // Here users are active before their link is opened, so without this nobody would ever be logged in by one.
      dangerouslyLogInActive: loginAfterActivation,
    }),
    write: ({ issued }) => ({ status: 200, body: authToken(issued) }),
    refusals: { code_invalid: badCode(door) },
  })
}

/** A bad `uid` stands under its name; what is wrong with the token, or spent, concerns both. */
const badCode =
  ({ words }: FirstGenerationDoor) =>
  ({ details }: AuthError): DrfAnswer =>
    details.reason === 'user_unknown'
      ? { status: 400, body: { uid: [words.userIdInvalid] } }
      : { status: 400, body: { [NON_FIELD]: [words.tokenInvalid] } }

function setUsernameRow({ settings, refusals, may, fields }: FirstGenerationDoor): Action {
  return row({
    permission: may.setUsername,
    fields: fields.setUsername,
    command: changeUsername,
    read: (values) => ({
      newUsername: values['new_username'],
      currentPassword: values['current_password'],
      ...(settings.setUsernameRetype ? { newUsernameAgain: values['re_new_username'] } : {}),
    }),
    write: emptyAnswer,
    names: {
      newUsername: uniqueLogin('username', 'new_username'),
      newUsernameAgain: refusals.fieldsDiffer('username'),
      currentPassword: refusals.currentPassword,
    },
    steps: [['newUsername'], ['newUsernameAgain']],
    refusals: { wrong_current_password: refusals.wrongPassword },
  })
}

/** The same for a model without user names. */
function setEmailRow({ settings, config, refusals, may, fields }: FirstGenerationDoor): Action {
  return row({
    permission: may.setUsername,
    fields: fields.setUsername,
    command: setEmail,
    read: (values) => ({
      email: values['new_email'],
      // The command asks for no password where there is none to judge.
      currentPassword: values['current_password'] ?? null,
      ...(settings.setUsernameRetype ? { emailAgain: values['re_new_email'] } : {}),
      activation: activationFor(config),
    }),
    write: emptyAnswer,
    names: {
      email: uniqueLogin('email', 'new_email'),
      emailAgain: refusals.fieldsDiffer('email'),
      currentPassword: refusals.currentPassword,
    },
    steps: [['email'], ['emailAgain']],
    refusals: { wrong_current_password: refusals.wrongPassword },
  })
}

function setPasswordRow({ settings, refusals, may, fields }: FirstGenerationDoor): Action {
  return row({
    permission: may.setPassword,
    fields: fields.setPassword,
    command: changePassword,
    read: (values) => ({
      newPassword: values['new_password'],
      currentPassword: values['current_password'],
      ...(settings.setPasswordRetype ? { newPasswordAgain: values['re_new_password'] } : {}),
    }),
    write: ({ renewed }, { exchange, settings: door }) => ({
      status: 200,
      // Only the session has a new secret; the CSRF token goes on.
      cookies: renewed === null ? [] : sessionCookies(exchange, door, renewed).slice(0, 1),
    }),
    names: {
      newPassword: 'new_password',
      newPasswordAgain: refusals.passwordsDiffer,
      currentPassword: refusals.currentPassword,
    },
    steps: [['newPassword'], ['newPasswordAgain']],
    refusals: { wrong_current_password: refusals.wrongPassword },
  })
}

function confirmResetRow(door: FirstGenerationDoor): Action {
  const { settings, refusals, may, fields } = door
  return row({
    permission: may.passwordResetConfirm,
    fields: fields.passwordResetConfirm,
    command: confirmPasswordReset,
    read: ({ uid, token, ...values }) => ({
      code: token,
      userId: decodeUid(uid),
      newPassword: values['new_password'],
      ...(settings.passwordResetConfirmRetype ? { newPasswordAgain: values['re_new_password'] } : {}),
    }),
    write: emptyAnswer,
    names: { newPassword: 'new_password', newPasswordAgain: refusals.passwordsDiffer },
    steps: [['newPassword'], ['newPasswordAgain']],
    refusals: { code_invalid: badCode(door) },
  })
}
