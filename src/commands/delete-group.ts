import { AuthError } from '../errors.ts'
import type { GroupId } from '../model/group.ts'
import type { CommandContext } from './context.ts'
import { groupChanges } from './steps/audit-changes.ts'
import { readGroupId } from './steps/group-input.ts'
import { auditedGroup, writeAudit } from './steps/write-audit.ts'

export interface DeleteGroupInput {
  readonly groupId: GroupId
}

/**
 * Deletes a group. Its members stay, and may no longer do what they could by it alone. For operators; nobody's proof is
 * asked.
 *
 * @throws {AuthError} `not_found`
 */
export async function deleteGroup(ctx: CommandContext, { groupId }: DeleteGroupInput): Promise<void> {
  const id = readGroupId(ctx, groupId)
  const group = await ctx.store.groups.find(id)
  if (group === null || !(await ctx.store.groups.delete(id))) throw new AuthError('not_found')
  const changes = groupChanges(group, null)
  await writeAudit(ctx, { action: 'group.deleted', object: auditedGroup(group), changes })
  ctx.emit('groupChanged', { group, change: 'deleted' }, ctx.request)
}
