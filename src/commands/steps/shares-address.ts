import { canonicalEmail, canonicalIdentifier } from '../../model/identifier.ts'
import type { User } from '../../model/user.ts'
import type { Engine } from '../context.ts'

/** Tells whether the user was found by an address that others may claim just as well: it is no name of this one. */
export function sharesAddress(
  { config }: Pick<Engine, 'config'>,
  { username, email, emailVerifiedAt }: User,
  key: string,
): boolean {
  if (config.user.emailUnique === 'always' || emailVerifiedAt !== null || email === null) return false
  return canonicalEmail(email) === key && (username === null || canonicalIdentifier(username) !== key)
}
