import type { Auth, LoggedIn, UserOf } from '../../src/auth.ts'
import type { FieldDefinitions } from '../../src/model/field.ts'
import type { Mail } from '../../src/model/mail.ts'
import type { TestAuth } from './test-auth.ts'

export const GOOD_PASSWORD = 'quiet otter by the weir'

/** The code in the newest mail to the address. */
export async function newestCode({ auth, mailer }: Pick<TestAuth, 'auth' | 'mailer'>, to: string): Promise<string> {
  await auth.flush()
  const code = codeIn(mailer.sent.findLast((mail) => mail.to === to))
  if (code === null) throw new Error(`no mail to ${to} carries a code`)
  return code
}

export function codeIn(mail: Mail | undefined): string | null {
  return /[?&/]code=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? null
}

/** Registers and confirms, as a person would. */
export async function activeUser(site: TestAuth, name = 'ann'): Promise<UserOf<FieldDefinitions>> {
  const email = `${name}@example.org`
  await site.auth.register({ username: name, email, password: GOOD_PASSWORD })
  return (await site.auth.activate({ code: await newestCode(site, email) })).user
}

export function logIn(auth: Auth, identifier: string, password = GOOD_PASSWORD): Promise<LoggedIn<FieldDefinitions>> {
  return auth.login({ identifier, password })
}

/** The code of the refusal, or `null` when there was none. */
export async function refusalOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work
    return null
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error)
  }
}
