import { AuthError } from '../errors.ts'
import type { Group, GroupId } from '../model/group.ts'
import type { CommandContext } from './context.ts'
import { readGroupId } from './steps/group-input.ts'
import { requireOperator } from './steps/require-operator.ts'

export interface AdminReadGroupInput {
  /** A number or a text, as it stands in an address. */
  readonly groupId: GroupId
}

/**
 * One group with what is stored for it.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `not_found`
 */
export async function adminReadGroup(ctx: CommandContext, { groupId }: AdminReadGroupInput): Promise<Group> {
  await requireOperator(ctx, 'view_group')
  const group = await ctx.store.groups.find(readGroupId(ctx, groupId))
  if (group === null) throw new AuthError('not_found')
  return group
}
