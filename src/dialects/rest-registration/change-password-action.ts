import { type ChangePasswordInput, type ChangePasswordResult, changePassword } from '../../commands/change-password.ts'
import { checkCurrentPassword } from '../../commands/check-current-password.ts'
import { checkPassword } from '../../commands/check-password.ts'
import type { CommandContext } from '../../commands/context.ts'
import { AuthError } from '../../errors.ts'
import { restRegistrationMessagesFor } from '../../messages/rest-registration/catalogues.ts'
import { complaintsOf } from '../drf/complaints-of.ts'
import { renewedSessionCookie } from '../drf/cookies.ts'
import type { FieldNames, NamedField } from '../drf/field-errors.ts'
import type { WireErrors, WireValues } from '../drf/field-set.ts'
import { passwordField } from '../drf/fields.ts'
import { isAuthenticated } from '../drf/permissions.ts'
import { row } from '../drf/row.ts'
import { serializer } from '../drf/serializer.ts'
import type { Action, DrfCall } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import { confirmReader, passwordConfirm } from './password-confirm.ts'

/** `POST change-password/`: the caller's session goes on, every other one ends. */
export function changePasswordAction(parts: DoorParts): Action {
  const { settings, words } = parts
  return row({
    permission: isAuthenticated,
    fields: serializer({
      old_password: passwordField({ label: 'Old password' }),
      password: passwordField({ label: 'Password' }),
      ...confirmReader(settings.changePasswordSerializerPasswordConfirm),
    }),
    check: complaintsBeside,
    command: changePasswordTellingAll,
    read: ({ old_password: currentPassword, password: newPassword, password_confirm: newPasswordAgain }) => ({
      currentPassword,
      newPassword,
      newPasswordAgain,
    }),
    write: ({ renewed }, call) => ({
      ...parts.succeed(words(call).done.passwordChanged),
      cookies: renewedSessionCookie(call, renewed),
    }),
    names: NAMES,
    steps: [['newPasswordAgain']],
  })
}

const oldPassword: NamedField = {
  name: 'old_password',
  sentence: ({ code }, { language }) =>
    code === 'wrong_password' ? restRegistrationMessagesFor(language).fields.oldPasswordWrong : null,
}

const NAMES: FieldNames = { currentPassword: oldPassword, newPassword: 'password', newPasswordAgain: passwordConfirm }

/** The command stops at a wrong password; here what is wrong with the new one stands beside it. */
async function changePasswordTellingAll(
  ctx: CommandContext,
  input: ChangePasswordInput,
): Promise<ChangePasswordResult> {
  try {
    return await changePassword(ctx, input)
  } catch (error) {
    if (!(error instanceof AuthError) || error.code !== 'wrong_current_password') throw error
    const others = await complaintsAbout(ctx, input.newPassword)
    throw new AuthError('validation_failed', { fields: { currentPassword: [{ code: 'wrong_password' }], ...others } })
  }
}

async function complaintsAbout(
  ctx: CommandContext,
  password: unknown,
): Promise<NonNullable<AuthError['details']['fields']>> {
  try {
    await checkPassword(ctx, { password, field: 'newPassword', isForCaller: true })
    return {}
  } catch (error) {
    if (error instanceof AuthError && error.code === 'validation_failed') return error.details.fields ?? {}
    throw error
  }
}

/** Beside fields that cannot be read the others are judged as well; where all can, the command finds out. */
async function complaintsBeside(
  { old_password: currentPassword, password }: WireValues,
  call: DrfCall,
): Promise<WireErrors> {
  const { ctx } = call
  const ofOld = currentPassword === undefined ? null : checkCurrentPassword(ctx, { currentPassword })
  const old = ofOld === null ? {} : await complaintsOf(ofOld, call, NAMES)
  if (password === undefined) return old
  const ofNew = checkPassword(ctx, { password, field: 'newPassword', isForCaller: true })
  return { ...old, ...(await complaintsOf(ofNew, call, NAMES)) }
}
