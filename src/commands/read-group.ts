import { AuthError } from '../errors.ts'
import type { Group, GroupId } from '../model/group.ts'
import type { CommandContext } from './context.ts'
import { readGroupId } from './steps/group-input.ts'

export interface ReadGroupInput {
  /** A number or a text, as it stands in an address. */
  readonly groupId: GroupId
}

/**
 * The group of that id. For operators; nobody's proof is asked.
 *
 * @throws {AuthError} `not_found`
 */
export async function readGroup(ctx: CommandContext, { groupId }: ReadGroupInput): Promise<Group> {
  const group = await ctx.store.groups.find(readGroupId(ctx, groupId))
  if (group === null) throw new AuthError('not_found')
  return group
}
