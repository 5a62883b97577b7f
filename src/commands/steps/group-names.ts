import type { NamedGroup } from '../../model/group.ts'
import type { CommandContext } from '../context.ts'
import { requireOperator } from './require-operator.ts'

/** Groups that are read at once. */
const PAGE = 1000

/** What groups are called. */
export interface GroupNames {
  /** In the order of their ids. */
  readonly groups: readonly NamedGroup[]
  /** There are more groups than were asked for. */
  readonly hasMore: boolean
}

/**
 * What the groups are called that there are, the first `max` of them, for lists to choose from. Nobody is counted for it: with
 * a million users in a group it costs what it costs with none.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`
 */
export async function readGroupNames(ctx: CommandContext, max: number): Promise<GroupNames> {
  await requireOperator(ctx, 'view_group')
  const groups: NamedGroup[] = []
  while (groups.length <= max) {
    const limit = Math.min(PAGE, max + 1 - groups.length)
    const page = await ctx.store.groups.names({ after: groups.at(-1)?.id ?? null, limit })
    groups.push(...page)
    if (page.length < limit) break
  }
  return { groups: groups.slice(0, max), hasMore: groups.length > max }
}
