import { AuthError } from '../errors.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { stillAsProven } from './steps/conditions.ts'
import { assertNoErrors, assertPasswordText } from './steps/input.ts'
import { refuseTaken } from './steps/insert-user.ts'
import { assertWithinLimit } from './steps/limit-rate.ts'
import { proveUser } from './steps/prove-user.ts'
import { readUsername } from './steps/read-new-user.ts'
import { requireActor } from './steps/require-actor.ts'

export interface ChangeUsernameInput {
  readonly newUsername: unknown
  readonly currentPassword: unknown
}

/**
 * Gives the user another name. That a name is taken is told, because names are public; how often one may ask is not.
 *
 * @throws {AuthError} `not_authenticated`, `wrong_current_password`, `validation_failed`, `rate_limited`
 */
export async function changeUsername(ctx: CommandContext, input: ChangeUsernameInput): Promise<User> {
  const { user: actor } = requireActor(ctx)
  assertPasswordText('currentPassword', input.currentPassword)
  const { value: username, errors } = readUsername(ctx, { value: input.newUsername, by: 'visitor' })
  assertNoErrors(errors.username === undefined ? {} : { newUsername: errors.username })
  await assertWithinLimit(ctx, 'changesPerUser', `username:${actor.id}`)
  const claim = { user: actor }
  const { user } = await proveUser(ctx, { claim, password: input.currentPassword, action: 'change-username' })
  const updated = await ctx.store.users.update(user.id, { username }, { when: stillAsProven(user) })
  if (updated.outcome === 'conflict') throw refuseTaken('newUsername')
  if (updated.outcome === 'missed') throw new AuthError('token_invalid')
  ctx.emit('usernameChanged', { user: updated.user, oldUsername: user.username }, ctx.request)
  return updated.user
}
