import { AuthError } from '../errors.ts'
import type { UserId } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { requireUserById } from './steps/find-user-by-id.ts'
import { readPermissions } from './steps/group-input.ts'
import { assertNoErrors } from './steps/input.ts'
import { auditedUser, writeAudit } from './steps/write-audit.ts'

export interface SetUserPermissionsInput {
  readonly userId: UserId
  /** In place of all that were given to the user alone. Declared ones. */
  readonly permissions: readonly string[]
}

/**
 * Replaces what is given to a user beside their groups, all at once. For operators; nobody's proof is asked.
 *
 * @throws {AuthError} `not_found`, `validation_failed`
 */
export async function setUserPermissions(ctx: CommandContext, input: SetUserPermissionsInput): Promise<void> {
  const user = await requireUserById(ctx, input.userId)
  const permissions = readPermissions(ctx, input.permissions)
  assertNoErrors(permissions.errors)
  const { own: from } = await ctx.store.groups.permissionsOf(user.id)
  const isSet = await ctx.store.groups.setPermissions(user.id, permissions.value)
  if (!isSet) throw new AuthError('not_found')
  const changes = [{ field: 'permissions', from, to: permissions.value.toSorted() }]
  await writeAudit(ctx, { action: 'user.updated', object: auditedUser(user), changes })
  ctx.emit('permissionsChanged', { user, replaced: 'permissions' }, ctx.request)
}
