import { checkId } from './check-options.ts'
import type { RestRegistrationOptions } from './options.ts'

/** Settings that weaken safety, for the log at each start. */
export function dangersOf(options: RestRegistrationOptions): readonly string[] {
  const { registerVerificationAutoLogin, registerVerificationOneTimeUse } = options
  return [
    ...(options.dangerouslyResetPasswordFailWhenUserNotFound === true
      ? ['rest-registration: dangerouslyResetPasswordFailWhenUserNotFound lets anybody find out who has an account']
      : []),
    ...(options.registerVerificationEnabled === false && options.registerFlowEnabled !== false
      ? ['rest-registration: without registerVerificationEnabled register/ tells which addresses have an account']
      : []),
    ...(options.registerEmailVerificationEnabled === false
      ? [
          'rest-registration: without registerEmailVerificationEnabled whoever finds a session open can put their own ' +
            'address into the account, and register-email/ tells which addresses have one',
        ]
      : []),
    ...(registerVerificationAutoLogin === true && registerVerificationOneTimeUse !== true
      ? [
          'rest-registration: registerVerificationAutoLogin without registerVerificationOneTimeUse answers every press of a ' +
            `link alike, though only the first one logs anybody in ${checkId('W001')}`,
        ]
      : []),
  ]
}
