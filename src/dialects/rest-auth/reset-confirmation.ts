import { textField } from '../drf/fields.ts'
import { linkBeforePassword } from '../drf/link-before-password.ts'
import { allowAny } from '../drf/permissions.ts'
import { row } from '../drf/row.ts'
import type { Action } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import { NEW_PASSWORD_STEPS, newPasswordNames, newPasswordReaders } from './new-password.ts'
import type { RestAuthSettings } from './settings.ts'
import { uidCodec } from './uid-codec.ts'

/** `password/reset/confirm/`: a new password for whom a link was mailed to. */
export function resetConfirmation(parts: DoorParts): Action {
  const { settings, words } = parts
  const { decode } = uidCodec(settings)
  return row({
    permission: allowAny,
    fields: parts.input('passwordResetConfirm', {
      ...newPasswordReaders,
      uid: textField({ label: 'Uid' }),
      token: textField({ label: 'Token' }),
    }),
    command: inOrderOf(settings),
    read: (values) => ({
      code: values['token'],
      userId: decode(values['uid']),
      newPassword: values['new_password1'],
      newPasswordAgain: values['new_password2'],
    }),
    write: (_, call) => ({ status: 200, body: { detail: words(call).passwords.resetDone } }),
    names: newPasswordNames(settings),
    steps: NEW_PASSWORD_STEPS,
    refusals: {
      code_invalid: ({ details }, call) => {
        const field = details.reason === 'user_unknown' ? 'uid' : 'token'
        return { status: 400, body: { [field]: [words(call).passwords.invalidValue] } }
      },
    },
  })
}

/** The older generation tells a wrong user before the password, the newer one a wrong link altogether. */
const inOrderOf = ({ generation }: RestAuthSettings): ReturnType<typeof linkBeforePassword> =>
  linkBeforePassword(({ details }) => generation === '7' || details.reason === 'user_unknown')
