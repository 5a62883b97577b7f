import type { LinkInput } from '../../http/dialect.ts'
import type { SignedValues } from './mail-template.ts'
import type { ByMailedLink, RestRegistrationSettings } from './settings.ts'

/** The links that this door's clients know, by what their codes are for. */
const LINKS: { readonly [P in LinkInput['purpose']]?: keyof ByMailedLink<unknown> } = {
  'verify-email': 'register',
  'reset-password': 'resetPassword',
  'change-email': 'registerEmail',
}

/**
 * The link of a mail: a page of the front end with the values that it sends back to the door. `null` where the product's
 * own page takes it.
 */
export function signedLink(settings: RestRegistrationSettings, input: LinkInput): string | null {
  const name = LINKS[input.purpose]
  const page = name === undefined ? null : settings.links[name]
  const values = signedValues(settings, input)
  if (page === null || values === null) return null
  return (settings.verificationUrlBuilder ?? urlOf)(page, values)
}

/**
 * In the place of a signature stands a code that is good once, for one purpose; its owner, its address and the second in
 * which it was made must be told along with it. Who has no name cannot be called by it.
 */
function signedValues(
  { userVerificationIdField }: RestRegistrationSettings,
  { purpose, code: signature, userId, username, email, issuedAt }: LinkInput,
): SignedValues | null {
  const owner = userVerificationIdField === 'id' ? String(userId) : username
  if (owner === null) return null
  const timestamp = String(Math.floor(issuedAt.getTime() / 1000))
  return { user_id: owner, ...(purpose === 'change-email' ? { email } : {}), timestamp, signature }
}

/** A front end that routes by the fragment finds them there. */
function urlOf(page: string, values: SignedValues): string {
  const routed = page.slice(page.indexOf('#') + 1)
  return `${page}${routed.includes('?') ? '&' : '?'}${new URLSearchParams({ ...values })}`
}
