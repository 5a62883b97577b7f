import { AuthError } from '../errors.ts'
import type { Group, GroupId } from '../model/group.ts'
import type { UserId } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { requireUserById } from './steps/find-user-by-id.ts'
import { noSuchGroup, readGroupIds } from './steps/group-input.ts'
import { auditedUser, writeAudit } from './steps/write-audit.ts'

export interface SetUserGroupsInput {
  readonly userId: UserId
  /** In place of all that the user was in. */
  readonly groupIds: readonly GroupId[]
}

/**
 * Replaces the groups that a user is in, all at once. For operators; nobody's proof is asked.
 *
 * @throws {AuthError} `not_found`, `validation_failed`
 */
export async function setUserGroups(ctx: CommandContext, input: SetUserGroupsInput): Promise<readonly Group[]> {
  const user = await requireUserById(ctx, input.userId)
  const before = await ctx.store.groups.groupsOf(user.id)
  const result = await ctx.store.groups.setGroups(user.id, readGroupIds(ctx, input.groupIds))
  if (result.outcome === 'user-missed') throw new AuthError('not_found')
  if (result.outcome === 'group-missed') throw noSuchGroup()
  const [from, to] = [before, result.groups].map((groups) => groups.map(({ name }) => name))
  const changes = [{ field: 'groups', from: from ?? null, to: to ?? null }]
  await writeAudit(ctx, { action: 'user.updated', object: auditedUser(user), changes })
  ctx.emit('permissionsChanged', { user, replaced: 'groups' }, ctx.request)
  return result.groups
}
