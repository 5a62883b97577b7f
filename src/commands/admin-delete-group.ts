import { AuthError } from '../errors.ts'
import type { GroupId } from '../model/group.ts'
import type { CommandContext } from './context.ts'
import { assertFresh, type FreshnessInput } from './steps/assert-fresh.ts'
import { groupChanges } from './steps/audit-changes.ts'
import { readGroupId } from './steps/group-input.ts'
import { assertHoldsAll } from './steps/may-touch.ts'
import { requireOperator } from './steps/require-operator.ts'
import { auditedGroup, writeAudit } from './steps/write-audit.ts'

export interface AdminDeleteGroupInput extends FreshnessInput {
  /** A number or a text, as it stands in an address. */
  readonly groupId: GroupId
}

/**
 * Deletes a group that could do no more than the operator. Its members stay.
 *
 * @throws {AuthError} `not_authenticated`, `not_found`; `forbidden`, with the reason `proof_too_old`
 */
export async function adminDeleteGroup(ctx: CommandContext, input: AdminDeleteGroupInput): Promise<void> {
  const operator = await requireOperator(ctx, 'delete_group')
  const id = readGroupId(ctx, input.groupId)
  const group = await ctx.store.groups.find(id)
  if (group === null) throw new AuthError('not_found')
  await assertHoldsAll(ctx, operator, group.permissions)
  await assertFresh(ctx, input)
  if (!(await ctx.store.groups.delete(id))) throw new AuthError('not_found')
  const changes = groupChanges(group, null)
  await writeAudit(ctx, { action: 'group.deleted', object: auditedGroup(group), changes })
  ctx.emit('groupChanged', { group, change: 'deleted' }, ctx.request)
}
