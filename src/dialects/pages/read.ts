import type { ActivateInput } from '../../commands/activate.ts'
import type { ConfirmPasswordResetInput } from '../../commands/confirm-password-reset.ts'
import type { ConfirmUsernameResetInput } from '../../commands/confirm-username-reset.ts'
import { isCodeText } from '../../commands/steps/find-code.ts'
import { AuthError } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import { messagesFor } from '../../messages/catalogues.ts'

/** The only code of a link, or `null` for anything that cannot be one. */
export function readLinkCode(exchange: Exchange): string | null {
  const [code, ...others] = exchange.query().getAll('code')
  return others.length === 0 && isCodeText(code) ? code : null
}

/** The code that a form was sent with, to show the form again. Call it only where the body has been read already. */
export async function readFormCode(exchange: Exchange): Promise<string | null> {
  const { code } = await exchange.body()
  return isCodeText(code) ? code : null
}

export async function readCode(exchange: Exchange): Promise<ActivateInput> {
  const { code } = await exchange.body()
  return { code }
}

export async function readUsernameReset(exchange: Exchange): Promise<ConfirmUsernameResetInput> {
  const { code, new_username: newUsername } = await exchange.body()
  return { code, newUsername }
}

/** @throws {AuthError} `validation_failed` when the password was not typed twice the same */
export async function readPasswordReset(exchange: Exchange): Promise<ConfirmPasswordResetInput> {
  const { code, new_password: newPassword, new_password_again: again } = await exchange.body()
  if (newPassword === again) return { code, newPassword }
  const { passwordsDiffer } = messagesFor(exchange.info.language).pages.resetPassword
  throw new AuthError('validation_failed', {
    fields: { newPasswordAgain: [{ code: 'custom', params: { message: passwordsDiffer } }] },
  })
}
