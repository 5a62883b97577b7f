import { AuthError } from '../errors.ts'
import type { Group, GroupId } from '../model/group.ts'
import type { CommandContext } from './context.ts'
import { assertFresh, type FreshnessInput } from './steps/assert-fresh.ts'
import { groupChanges } from './steps/audit-changes.ts'
import { readGroupId, readGroupName, readPermissions } from './steps/group-input.ts'
import { assertNoErrors } from './steps/input.ts'
import { refuseTaken } from './steps/insert-user.ts'
import { assertHoldsAll } from './steps/may-touch.ts'
import { requireOperator } from './steps/require-operator.ts'
import { auditedGroup, writeAudit } from './steps/write-audit.ts'

/** Absent parts stay as they are. */
export interface AdminUpdateGroupInput extends FreshnessInput {
  /** A number or a text, as it stands in an address. */
  readonly groupId: GroupId
  readonly name?: unknown
  /** In place of all that the group had. Only what the operator has is given, or taken away. */
  readonly permissions?: readonly string[]
}

/**
 * Gives a group another name, or other permissions. What an operator does not have they neither give to a group nor take
 * from it.
 *
 * @throws {AuthError} `not_authenticated`, `not_found`, `validation_failed`; `forbidden`, with the reason `proof_too_old`
 */
export async function adminUpdateGroup(ctx: CommandContext, input: AdminUpdateGroupInput): Promise<Group> {
  const operator = await requireOperator(ctx, 'change_group')
  const id = readGroupId(ctx, input.groupId)
  const before = await ctx.store.groups.find(id)
  if (before === null) throw new AuthError('not_found')
  const name = input.name === undefined ? null : readGroupName(input.name)
  const permissions = input.permissions === undefined ? null : readPermissions(ctx, input.permissions)
  assertNoErrors({ ...name?.errors, ...permissions?.errors })
  if (permissions !== null) {
    await assertHoldsAll(ctx, operator, difference(before.permissions, permissions.value))
  }
  await assertFresh(ctx, input)
  const updated = await ctx.store.groups.update(id, {
    ...(name === null ? {} : { name: name.value }),
    ...(permissions === null ? {} : { permissions: permissions.value }),
  })
  if (updated.outcome === 'conflict') throw refuseTaken('name')
  if (updated.outcome === 'missed') throw new AuthError('not_found')
  const { group } = updated
  await writeAudit(ctx, { action: 'group.updated', object: auditedGroup(group), changes: groupChanges(before, group) })
  ctx.emit('groupChanged', { group, change: 'updated' }, ctx.request)
  return group
}

/** What is in one of them and not in both. */
function difference(one: readonly string[], other: readonly string[]): readonly string[] {
  return [...one.filter((name) => !other.includes(name)), ...other.filter((name) => !one.includes(name))]
}
