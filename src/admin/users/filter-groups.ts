import { adminReadGroup } from '../../commands/admin-read-group.ts'
import { AuthError } from '../../errors.ts'
import type { NamedGroup } from '../../model/group.ts'
import type { Choice } from '../parts/form-field.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { groupChoices } from './group-choices.ts'
import type { UserListParts } from './user-list-parts.ts'
import type { UserListQuery } from './user-list-query.ts'

/** Groups that the filter offers. The page of groups leads to the members of each. */
const MAX_GROUPS = 1000

/** The groups that users can be filtered by, with the one that they are filtered by now. */
export async function filterGroups(
  call: AdminCall,
  { filters }: UserListParts,
  { chosen }: UserListQuery,
): Promise<readonly Choice[]> {
  const filter = filters.find(({ isOfGroups }) => isOfGroups)
  if (filter === undefined || !call.operator.rights.has('portress.view_group')) return []
  const groupId = chosen[filter.name]
  const always = groupId === undefined ? [] : await groupsOfId(call, groupId)
  return (await groupChoices(call, { max: MAX_GROUPS, always })).choices
}

/** None where the group is gone meanwhile. */
async function groupsOfId({ ctx }: AdminCall, groupId: string): Promise<readonly NamedGroup[]> {
  try {
    return [await adminReadGroup(ctx, { groupId })]
  } catch (error) {
    if (error instanceof AuthError && error.code === 'not_found') return []
    throw error
  }
}
