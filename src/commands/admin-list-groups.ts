import type { GroupId, ListedGroup } from '../model/group.ts'
import type { CommandContext } from './context.ts'
import { readPage } from './steps/read-page.ts'
import { requireOperator } from './steps/require-operator.ts'

export interface AdminListGroupsInput {
  /** The id of the last group of the page before. @default from the beginning */
  readonly afterId?: GroupId | null
  /** From 1 to 1000. @default 100 */
  readonly limit?: number
}

/**
 * Groups in the order of their ids, each with how many users are in it.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `validation_failed`
 */
export async function adminListGroups(
  ctx: CommandContext,
  input: AdminListGroupsInput,
): Promise<readonly ListedGroup[]> {
  await requireOperator(ctx, 'view_group')
  return ctx.store.groups.list(readPage(ctx, { limit: 100, ...input }))
}
