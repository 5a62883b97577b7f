import { type Account, toAccount } from '../model/account.ts'
import type { User } from '../model/user.ts'
import { defuseText } from './defuse-text.ts'

/** How the application names its users; `null` leaves one to the product. */
export type NameUser = (user: Account) => string | null

/**
 * The name to greet a user with in a mail, or `null` where there is none to show.
 *
 * Nobody is greeted by name at an address that was never confirmed: whoever registers with a stranger's address would
 * otherwise write the first line of a mail that this site sends to that stranger. What the application's own way gives is
 * made of the same strangers' texts, so it is defused like those.
 */
export function displayName(user: User, nameUser: NameUser | null): string | null {
  if (user.emailVerifiedAt === null) return null
  const candidates = [nameUser?.(toAccount(user)) ?? '', `${user.firstName} ${user.lastName}`, user.username ?? '']
  for (const candidate of candidates) {
    const name = defuseText(candidate, MAX_NAME_LENGTH)
    if (name !== '') return name
  }
  return null
}

/** Code points. */
export const MAX_NAME_LENGTH = 60
