import { canonicalIdentifier } from '../../model/identifier.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { hasRight } from './require-operator.ts'

/**
 * The user whom an operator means by a user name or, where they may see users, by an address; of those who share an address the first.
 * `null`: nobody. Whoever sees addresses masked could else find out by asking whose they are.
 */
export async function findNamedUser(ctx: CommandContext, operator: User, name: string): Promise<User | null> {
  // What no store can keep is nobody's name.
  if (name.includes('\0') || !name.isWellFormed()) return null
  const seesAddresses = await hasRight(ctx, operator, 'view_user')
  const fields = seesAddresses ? (['username', 'email'] as const) : (['username'] as const)
  const [user] = await ctx.store.users.findByIdentifier(canonicalIdentifier(name), fields, 1)
  return user ?? null
}
