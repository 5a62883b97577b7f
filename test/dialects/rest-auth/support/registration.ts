import type { RestAuthOptions } from '../../../../src/dialects/rest-auth/options.ts'
import type { Mail } from '../../../../src/model/mail.ts'
import type { DrfWorld } from '../../drf/support/drf-world.ts'
import { PASSWORD } from '../../drf/support/passwords.ts'

export const REGISTER = 'POST registration/'

export const VERIFY = 'POST registration/verify-email/'

export const ANN_ADDRESS = 'ann@example.org'

/** A whole registration. */
export const newcomer = (username: string, password: string = PASSWORD) => ({
  username,
  email: `${username}@example.org`,
  password1: password,
  password2: password,
})

export const ANN = newcomer('ann')

/** Where nobody logs in before the address is proven. */
export const MANDATORY = { emailVerification: 'mandatory' } as const

/** A site that has no pages of its own for mailed links. */
export const NO_PAGES: RestAuthOptions = Object.fromEntries(
  ['passwordResetConfirmUrl', 'accountConfirmEmailUrl'].map((name) => [name, undefined]),
)

/** The link of a mail, which has a line of its own. */
export function linkOf(mail: Mail | undefined): string {
  const [link] = /^https?:\/\/\S+$/m.exec(mail?.text ?? '') ?? []
  if (link === undefined) throw new Error(`there is no link in the mail ${mail?.subject}`)
  return link
}

/** The key in the newest mail to an address. */
export async function mailedKey(world: Pick<DrfWorld, 'mails'>, to: string = ANN_ADDRESS): Promise<string> {
  const link = linkOf((await world.mails()).findLast((mail) => mail.to === to))
  const [, key] = /\/confirm-email\/([\w-]{43})\/$/.exec(link) ?? []
  if (key === undefined) throw new Error(`there is no key in ${link}`)
  return key
}
