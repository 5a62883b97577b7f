import type { DjoserOptions } from './options.ts'

/** Settings that weaken safety, for the log at each start. */
export function dangersOf(options: DjoserOptions): readonly string[] {
  const tells = TELLING.filter((name) => options[name] === true)
  return [
    ...tells.map((name) => `djoser: ${name} lets anybody find out who has an account`),
    ...(options.loginAfterActivation === true
      ? ['djoser: loginAfterActivation lets whoever reads an activation mail in without the password']
      : []),
  ]
}

/** `loginAfterRegistration` is one of them: whoever takes an address that somebody has gets no token. */
const TELLING = ['passwordResetShowEmailNotFound', 'usernameResetShowEmailNotFound', 'loginAfterRegistration'] as const
