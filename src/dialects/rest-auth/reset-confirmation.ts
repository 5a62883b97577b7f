import { checkResetCode } from '../../commands/check-reset-code.ts'
import { type ConfirmPasswordResetInput, confirmPasswordReset } from '../../commands/confirm-password-reset.ts'
import type { CommandContext } from '../../commands/context.ts'
import { AuthError } from '../../errors.ts'
import { textField } from '../drf/fields.ts'
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

/**
 * The command tells what is wrong with a password before it looks at the link. The older generation tells a wrong user
 * before that, the newer one a wrong link altogether; so where the password is refused, the link is looked at after all.
 */
const inOrderOf =
  ({ generation }: RestAuthSettings) =>
  async (ctx: CommandContext, input: ConfirmPasswordResetInput): Promise<void> => {
    try {
      await confirmPasswordReset(ctx, input)
    } catch (error) {
      if (!isRefusal(error, 'validation_failed')) throw error
      const link = await refusalOfLink(ctx, input)
      const isFirst = link?.details.reason === 'user_unknown' || generation === '7'
      throw link !== null && isFirst ? link : error
    }
  }

async function refusalOfLink(ctx: CommandContext, input: ConfirmPasswordResetInput): Promise<AuthError | null> {
  try {
    await checkResetCode(ctx, input)
    return null
  } catch (error) {
    if (isRefusal(error, 'code_invalid')) return error
    throw error
  }
}

const isRefusal = (error: unknown, code: AuthError['code']): error is AuthError =>
  error instanceof AuthError && error.code === code
