import { isUnconfirmed, type User } from '../../model/user.ts'
import type { Engine } from '../context.ts'

/**
 * Tells whether the address of this user is nobody else's to have. Where addresses are unique only once they are proven, it
 * is that of whoever has proven it; otherwise of everybody but those who registered and were never let in.
 */
export function holdsAddress({ config }: Pick<Engine, 'config'>, user: User): boolean {
  return config.user.emailUnique === 'once-proven' ? user.emailVerifiedAt !== null : !isUnconfirmed(user)
}
