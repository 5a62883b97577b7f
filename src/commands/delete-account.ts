import { AuthError } from '../errors.ts'
import { toAccount } from '../model/account.ts'
import type { CommandContext } from './context.ts'
import { askHook } from './steps/ask-hook.ts'
import { stillAsProven } from './steps/conditions.ts'
import { assertPasswordText } from './steps/input.ts'
import { lockKeysOf } from './steps/lock-keys.ts'
import { proveUser } from './steps/prove-user.ts'
import { requireActor } from './steps/require-actor.ts'

export interface DeleteAccountInput {
  readonly currentPassword: unknown
}

/**
 * Deletes the user with everything that belongs to them: sessions, codes, profiles, attempts, counts.
 *
 * @throws {AuthError} `not_authenticated`, `wrong_current_password`, `refused_by_hook`, what `proveUser` throws
 */
export async function deleteAccount(ctx: CommandContext, { currentPassword }: DeleteAccountInput): Promise<void> {
  const { user: actor } = requireActor(ctx)
  assertPasswordText('currentPassword', currentPassword)
  const claim = { user: actor }
  const { user } = await proveUser(ctx, { claim, password: currentPassword, action: 'delete-account' })
  await askHook(ctx.hooks.beforeDelete?.(toAccount(user), ctx.request))
  const isDeleted = await ctx.store.users.delete(user.id, stillAsProven(user))
  if (!isDeleted) throw new AuthError('token_invalid')
  await ctx.throttles.delete(lockKeysOf(user))
  ctx.emit('userDeleted', { user }, ctx.request)
}
