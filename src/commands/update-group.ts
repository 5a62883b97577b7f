import { AuthError } from '../errors.ts'
import type { Group, GroupId } from '../model/group.ts'
import type { CommandContext } from './context.ts'
import { groupChanges } from './steps/audit-changes.ts'
import { readGroupId, readGroupName, readPermissions } from './steps/group-input.ts'
import { assertNoErrors } from './steps/input.ts'
import { refuseTaken } from './steps/insert-user.ts'
import { auditedGroup, writeAudit } from './steps/write-audit.ts'

/** Absent parts stay as they are. */
export interface UpdateGroupInput {
  readonly groupId: GroupId
  readonly name?: string
  /** In place of all that the group had. */
  readonly permissions?: readonly string[]
}

/**
 * Gives a group another name, or other permissions, or both at once. Its members may do the new ones from now on, and the
 * old ones no more. For operators; nobody's proof is asked.
 *
 * @throws {AuthError} `not_found`, `validation_failed`
 */
export async function updateGroup(ctx: CommandContext, input: UpdateGroupInput): Promise<Group> {
  const id = readGroupId(ctx, input.groupId)
  const name = input.name === undefined ? null : readGroupName(input.name)
  const permissions = input.permissions === undefined ? null : readPermissions(ctx, input.permissions)
  assertNoErrors({ ...name?.errors, ...permissions?.errors })
  const before = await ctx.store.groups.find(id)
  const updated = await ctx.store.groups.update(id, {
    ...(name === null ? {} : { name: name.value }),
    ...(permissions === null ? {} : { permissions: permissions.value }),
  })
  if (updated.outcome === 'conflict') throw refuseTaken('name')
  if (updated.outcome === 'missed') throw new AuthError('not_found')
  const changes = groupChanges(before, updated.group)
  await writeAudit(ctx, { action: 'group.updated', object: auditedGroup(updated.group), changes })
  ctx.emit('groupChanged', { group: updated.group, change: 'updated' }, ctx.request)
  return updated.group
}
