import { canonicalIdentifier } from '../../model/identifier.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'

/** The user whom operators mean by a user name or an address; of those who share an address the first. `null`: nobody. */
export async function findNamedUser({ store }: Pick<CommandContext, 'store'>, name: string): Promise<User | null> {
  // What no store can keep is nobody's name.
  if (name.includes('\0') || !name.isWellFormed()) return null
  const [user] = await store.users.findByIdentifier(canonicalIdentifier(name), ['username', 'email'], 1)
  return user ?? null
}
