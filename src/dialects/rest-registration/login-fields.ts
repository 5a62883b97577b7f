import type { Engine } from '../../commands/context.ts'
import type { RestRegistrationOptions } from './options.ts'
import type { LoginField } from './settings.ts'

/** `USER_LOGIN_FIELDS`: the user name where it logs in, unless the options say something else. */
export function loginFieldsOf(
  { userLoginFields }: RestRegistrationOptions,
  { login }: Engine['config'],
): readonly LoginField[] {
  return userLoginFields ?? [login.identifiers.includes('username') ? 'username' : 'email']
}
