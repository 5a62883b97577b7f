import type { User } from '../../model/user.ts'

/** What a user is called on pages: the name they log in with. */
export function nameOfUser({ id, username, email }: Pick<User, 'id' | 'username' | 'email'>): string {
  return username ?? email ?? String(id)
}
