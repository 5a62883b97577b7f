import { activate } from '../../commands/activate.ts'
import { confirmPasswordReset } from '../../commands/confirm-password-reset.ts'
import { confirmUsernameReset } from '../../commands/confirm-username-reset.ts'
import type { CommandContext } from '../../commands/context.ts'
import { requestPasswordReset } from '../../commands/request-password-reset.ts'
import { requestUsernameReset } from '../../commands/request-username-reset.ts'
import { resendActivation } from '../../commands/resend-activation.ts'
import { AuthError } from '../../errors.ts'
import type { FieldSet, WireValues } from '../drf/field-set.ts'
import type { Permission } from '../drf/permissions.ts'
import { row } from '../drf/row.ts'
import { decodeUid } from '../drf/uid.ts'
import type { Action, View } from '../drf/view.ts'
import { uniqueLogin } from './account-fields.ts'
import type { DoorParts } from './door-parts.ts'

/** What asks for a mail with a link, and what such a link is good for. */
export function mailedCodeViews(parts: DoorParts): readonly View[] {
  const { settings, generation, inputs } = parts
  const { permissions, model } = settings
  const { usernameField: field } = model
  const view = (path: string, name: string, action: Action): View => ({
    path: `/users/${path}`,
    slash: 'required',
    hasFormatSuffix: true,
    name,
    permission: permissions.user,
    actions: { POST: action },
    generation,
  })
  const resets = { passwordReset: permissions.passwordReset, usernameReset: permissions.usernameReset }
  return [
    view('activation', 'Activation', activation(parts)),
    view('resend_activation', 'Resend activation', repeatedActivation(parts)),
    view(
      'reset_password',
      'Reset password',
      mailRequest(parts, {
        permission: resets.passwordReset,
        fields: inputs.passwordReset,
        command: requestPasswordReset,
      }),
    ),
    view('reset_password_confirm', 'Reset password confirm', passwordReset(parts)),
    view(
      `reset_${field}`,
      `Reset ${field}`,
      mailRequest(parts, {
        permission: resets.usernameReset,
        fields: inputs.usernameReset,
        command: requestUsernameReset,
      }),
    ),
    view(`reset_${field}_confirm`, `Reset ${field} confirm`, usernameReset(parts)),
  ]
}

function activation({ settings, inputs, refusals }: DoorParts): Action {
  return row({
    permission: settings.permissions.activation,
    fields: inputs.activation,
    command: activate,
    read: readCode,
    write: () => ({ status: 204 }),
    refusals: { code_invalid: refusals.badCode },
  })
}

/** The link's two halves. A `uid` that nobody can have is still one that was given. */
const readCode = ({ uid, token }: WireValues) => ({ userId: decodeUid(uid), code: token })

/** Where nobody has to activate anything, nobody's address is looked at. */
function repeatedActivation(parts: DoorParts): Action {
  const { settings, inputs } = parts
  const { permissions, sendActivationEmail } = settings
  const request = { permission: permissions.passwordReset, fields: inputs.resendActivation }
  if (sendActivationEmail) return mailRequest(parts, { ...request, command: resendActivation })
  return row({
    ...request,
    command: async () => undefined,
    read: () => undefined,
    write: () => ({ status: 400 }),
  })
}

interface MailRequest {
  readonly permission: Permission
  readonly fields: FieldSet
  readonly command: (ctx: CommandContext, input: AskedMail) => Promise<void>
}

/** What the commands that mail a link take; each leaves alone what is not for it. */
interface AskedMail {
  readonly email: unknown
  readonly onlyActive: boolean
  readonly onlyPending: boolean
  readonly dangerouslyTellUnknown: boolean
}

function mailRequest({ settings, refusals }: DoorParts, { permission, fields, command }: MailRequest): Action {
  return row({
    permission,
    fields,
    command,
    read: ({ email }) => ({
      email,
      onlyActive: true,
      onlyPending: true,
      dangerouslyTellUnknown: settings.showEmailNotFound,
    }),
    write: () => ({ status: 204 }),
    refusals: { not_found: refusals.emailUnknown },
  })
}

function passwordReset({ settings, inputs, refusals }: DoorParts): Action {
  return row({
    permission: settings.permissions.passwordResetConfirm,
    fields: inputs.passwordResetConfirm,
    command: confirmPasswordReset,
    read: (values) => ({
      ...readCode(values),
      newPassword: values['new_password'],
      ...(settings.passwordResetConfirmRetype ? { newPasswordAgain: values['re_new_password'] } : {}),
      updateLastLogin: true,
    }),
    write: () => ({ status: 204 }),
    names: { newPassword: 'new_password', newPasswordAgain: refusals.passwordsDiffer },
    steps: [['newPassword'], ['newPasswordAgain']],
    refusals: { code_invalid: refusals.badCode },
  })
}

function usernameReset(parts: DoorParts): Action {
  const { settings, inputs, refusals } = parts
  if (settings.model.usernameField === 'email') return noAddressReset(parts)
  return row({
    permission: settings.permissions.usernameResetConfirm,
    fields: inputs.usernameResetConfirm,
    command: confirmUsernameReset,
    read: (values) => ({
      ...readCode(values),
      newUsername: values['new_username'],
      ...(settings.usernameResetConfirmRetype ? { newUsernameAgain: values['re_new_username'] } : {}),
      updateLastLogin: true,
    }),
    write: () => ({ status: 204 }),
    names: {
      newUsername: uniqueLogin('username', 'new_username'),
      newUsernameAgain: refusals.fieldsDiffer('username'),
    },
    steps: [['newUsername'], ['newUsernameAgain']],
    refusals: { code_invalid: refusals.badCode },
  })
}

/**
 * Where the address is the name to log in with, nothing mails a link that changes it: whoever reads that mailbox would
 * only move the account away from it. So no link is good here.
 */
function noAddressReset({ settings, inputs, refusals }: DoorParts): Action {
  return row({
    permission: settings.permissions.usernameResetConfirm,
    fields: inputs.usernameResetConfirm,
    command: async (_, { userId }: { readonly userId: string | null }) => {
      throw new AuthError('code_invalid', userId === null ? { reason: 'user_unknown' } : {})
    },
    read: readCode,
    write: () => ({ status: 204 }),
    refusals: { code_invalid: refusals.badCode },
  })
}
