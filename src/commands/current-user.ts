import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { requireActor } from './steps/require-actor.ts'

/**
 * The caller, as they were when their session was found.
 *
 * @throws {AuthError} `not_authenticated`
 */
export async function currentUser(ctx: CommandContext): Promise<User> {
  return requireActor(ctx).user
}
