import type { Group } from '../model/group.ts'
import type { CommandContext } from './context.ts'
import { groupChanges } from './steps/audit-changes.ts'
import { readGroupName, readPermissions } from './steps/group-input.ts'
import { assertNoErrors } from './steps/input.ts'
import { refuseTaken } from './steps/insert-user.ts'
import { newId } from './steps/new-id.ts'
import { auditedGroup, writeAudit } from './steps/write-audit.ts'

export interface CreateGroupInput {
  /** Up to 150 characters; no two groups have one name, in whatever case. */
  readonly name: string
  /** Declared ones. @default [] */
  readonly permissions?: readonly string[]
}

/**
 * Makes a group that nobody is in. For operators; nobody's proof is asked.
 *
 * @throws {AuthError} `validation_failed`
 */
export async function createGroup(ctx: CommandContext, input: CreateGroupInput): Promise<Group> {
  const name = readGroupName(input.name)
  const permissions = readPermissions(ctx, input.permissions ?? [])
  assertNoErrors({ ...name.errors, ...permissions.errors })
  const inserted = await ctx.store.groups.insert({
    id: newId(ctx),
    name: name.value,
    permissions: permissions.value,
  })
  if (inserted.outcome === 'conflict') throw refuseTaken('name')
  const { group } = inserted
  const changes = groupChanges(null, group)
  await writeAudit(ctx, { action: 'group.created', object: auditedGroup(group), changes })
  ctx.emit('groupChanged', { group, change: 'created' }, ctx.request)
  return group
}
