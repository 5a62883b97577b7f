import type { ConfirmPasswordResetInput } from '../../commands/confirm-password-reset.ts'
import type { CommandContext } from '../../commands/context.ts'
import type { FieldNames } from '../drf/field-errors.ts'
import type { FieldSet, WireValues } from '../drf/field-set.ts'
import { passwordField } from '../drf/fields.ts'
import { linkBeforePassword } from '../drf/link-before-password.ts'
import { row } from '../drf/row.ts'
import { serializer } from '../drf/serializer.ts'
import type { Action } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import { EMPTY_LIST, EMPTY_LIST_NAME, withEmptyList } from './empty-list.ts'
import { confirmReader, passwordConfirm } from './password-confirm.ts'
import { linkReaders, presentedCode, refusedLink } from './presented-link.ts'
import type { RestRegistrationSettings } from './settings.ts'

/** `POST reset-password/`: a new password for whom the link was mailed to. */
export function resetPasswordAction(parts: DoorParts): Action {
  const { settings, words } = parts
  return row({
    permission: settings.publicPermission,
    fields: resetFields(settings),
    command: resetPassword,
    read: (values) => resetInput(parts, values),
    write: (_, call) => parts.succeed(words(call).done.passwordReset),
    names: NAMES,
    refusals: { code_invalid: refusedLink(parts) },
  })
}

const NAMES: FieldNames = {
  newPassword: 'password',
  newPasswordAgain: passwordConfirm,
  [EMPTY_LIST]: EMPTY_LIST_NAME,
}

/** Of a link that is not good nothing is told about its owner, not even what the password has in common with them. */
export const resetPassword = (ctx: CommandContext, input: ConfirmPasswordResetInput): Promise<void> =>
  withEmptyList(linkBeforePassword()(ctx, input))

export const resetFields = ({ resetPasswordSerializerPasswordConfirm }: RestRegistrationSettings): FieldSet =>
  serializer({
    ...linkReaders,
    password: passwordField({ label: 'Password' }),
    ...confirmReader(resetPasswordSerializerPasswordConfirm),
  })

/** What the command takes, out of what those fields gave. */
export function resetInput(parts: Pick<DoorParts, 'settings'>, values: WireValues): ConfirmPasswordResetInput {
  const { password: newPassword, password_confirm: newPasswordAgain } = values
  return { ...presentedCode(parts, values), newPassword, newPasswordAgain }
}
