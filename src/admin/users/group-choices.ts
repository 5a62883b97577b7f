import { readGroupNames } from '../../commands/steps/group-names.ts'
import type { NamedGroup } from '../../model/group.ts'
import type { Choice } from '../parts/form-field.ts'
import type { AdminCall } from '../shell/admin-visit.ts'

export interface WantedGroups {
  /** So many of the groups there are. */
  readonly max: number
  /** Offered whether they are among these or not: what is in force now must not vanish from a form. */
  readonly always: readonly NamedGroup[]
}

export interface GroupChoices {
  /** In the order of their names. */
  readonly choices: readonly Choice[]
  /** Some groups are not among them. */
  readonly hasMore: boolean
}

/** The groups to choose from; none for whoever may not see them. */
export async function groupChoices(
  { ctx, words, operator }: AdminCall,
  { max, always }: WantedGroups,
): Promise<GroupChoices> {
  if (!operator.rights.has('portress.view_group')) return { choices: [], hasMore: false }
  const { groups, hasMore } = await readGroupNames(ctx, max)
  const names = new Map([...always, ...groups].map(({ id, name }) => [String(id), name]))
  const choices = [...names].map(([value, label]) => ({ value, label }))
  return { choices: choices.sort((a, b) => a.label.localeCompare(b.label, words.language)), hasMore }
}
