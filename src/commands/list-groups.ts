import type { GroupId, ListedGroup } from '../model/group.ts'
import type { CommandContext } from './context.ts'
import { readPage } from './steps/read-page.ts'

export interface ListGroupsInput {
  /** The id of the last group of the page before; it need not exist any more. @default from the beginning */
  readonly afterId?: GroupId | null
  /** From 1 to 1000. */
  readonly limit: number
}

/**
 * Groups in the order of their ids, each with how many users are in it. For operators; nobody's proof is asked.
 *
 * @throws {AuthError} `validation_failed`
 */
export async function listGroups(ctx: CommandContext, input: ListGroupsInput): Promise<readonly ListedGroup[]> {
  return ctx.store.groups.list(readPage(ctx, input))
}
