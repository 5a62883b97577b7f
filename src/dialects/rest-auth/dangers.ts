import type { RestAuthOptions } from './options.ts'

/** Settings that weaken safety, for the log at each start. */
export function dangersOf(options: RestAuthOptions): readonly string[] {
  const { oldPasswordFieldEnabled, dangerouslyLogoutOnGet, dangerouslyTellTakenAddresses } = options
  return [
    ...(oldPasswordFieldEnabled === true
      ? []
      : ['rest-auth: without oldPasswordFieldEnabled whoever finds a session open can change its password']),
    ...(dangerouslyLogoutOnGet === true
      ? ['rest-auth: dangerouslyLogoutOnGet lets any page of another site log a visitor out']
      : []),
    ...(dangerouslyTellTakenAddresses === true
      ? ['rest-auth: dangerouslyTellTakenAddresses lets anybody find out who has an account']
      : []),
  ]
}
