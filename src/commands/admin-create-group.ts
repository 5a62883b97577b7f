import type { Group } from '../model/group.ts'
import type { CommandContext } from './context.ts'
import { assertFresh, type FreshnessInput } from './steps/assert-fresh.ts'
import { groupChanges } from './steps/audit-changes.ts'
import { readGroupName, readPermissions } from './steps/group-input.ts'
import { assertNoErrors } from './steps/input.ts'
import { refuseTaken } from './steps/insert-user.ts'
import { assertHoldsAll } from './steps/may-touch.ts'
import { newId } from './steps/new-id.ts'
import { requireOperator } from './steps/require-operator.ts'
import { auditedGroup, writeAudit } from './steps/write-audit.ts'

export interface AdminCreateGroupInput extends FreshnessInput {
  /** Up to 150 characters; no two groups have one name, in whatever case. */
  readonly name: unknown
  /** Declared ones that the operator has. @default [] */
  readonly permissions?: readonly string[]
}

/**
 * Makes a group that nobody is in. It can do no more than the operator who makes it.
 *
 * @throws {AuthError} `not_authenticated`, `validation_failed`; `forbidden`, with the reason `proof_too_old`
 */
export async function adminCreateGroup(ctx: CommandContext, input: AdminCreateGroupInput): Promise<Group> {
  const operator = await requireOperator(ctx, 'add_group')
  const name = readGroupName(input.name)
  const permissions = readPermissions(ctx, input.permissions ?? [])
  assertNoErrors({ ...name.errors, ...permissions.errors })
  await assertHoldsAll(ctx, operator, permissions.value)
  await assertFresh(ctx, input)
  const inserted = await ctx.store.groups.insert({ id: newId(ctx), name: name.value, permissions: permissions.value })
  if (inserted.outcome === 'conflict') throw refuseTaken('name')
  const { group } = inserted
  const changes = groupChanges(null, group)
  await writeAudit(ctx, { action: 'group.created', object: auditedGroup(group), changes })
  ctx.emit('groupChanged', { group, change: 'created' }, ctx.request)
  return group
}
