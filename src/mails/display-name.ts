import type { User } from '../model/user.ts'
import { defuseText } from './defuse-text.ts'

/**
 * The name to greet a user with in a mail, or `null` where there is none to show.
 *
 * Nobody is greeted by name at an address that was never confirmed: whoever registers with a stranger's address would
 * otherwise write the first line of a mail that this site sends to that stranger.
 */
export function displayName(
  user: Pick<User, 'firstName' | 'lastName' | 'username' | 'emailVerifiedAt'>,
): string | null {
  if (user.emailVerifiedAt === null) return null
  const fullName = defuseText(`${user.firstName} ${user.lastName}`, MAX_NAME_LENGTH)
  return fullName || defuseText(user.username ?? '', MAX_NAME_LENGTH) || null
}

/** Code points. */
export const MAX_NAME_LENGTH = 60
