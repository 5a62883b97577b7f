import { AuthError } from '../../errors.ts'
import type { User } from '../../model/user.ts'
import { readUserId } from '../../model/user-id.ts'
import type { CommandContext } from '../context.ts'

/** The user of an id as it came in, as they are now, or `null`. */
async function findUserById(
  { config, store }: Pick<CommandContext, 'config' | 'store'>,
  given: unknown,
): Promise<User | null> {
  const id = readUserId(given, config.ids)
  return id === null ? null : store.users.findById(id)
}

/** The same by a user that somebody read before: only the id of it is looked at. */
export async function findUserAnew(
  engine: Pick<CommandContext, 'config' | 'store'>,
  given: unknown,
): Promise<User | null> {
  const isObject = typeof given === 'object' && given !== null
  return findUserById(engine, isObject && 'id' in given ? given.id : given)
}

/** @throws {AuthError} `not_found` */
export async function requireUserById(ctx: Pick<CommandContext, 'config' | 'store'>, given: unknown): Promise<User> {
  const user = await findUserById(ctx, given)
  if (user === null) throw new AuthError('not_found')
  return user
}
