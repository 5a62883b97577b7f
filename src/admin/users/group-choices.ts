import { adminListGroups } from '../../commands/admin-list-groups.ts'
import type { Choice } from '../parts/form-field.ts'
import type { AdminCall } from '../shell/admin-visit.ts'

/** Groups that a list of choices offers at most. */
const LIMIT = 1000

/** The groups there are, in the order of their names; none for whoever may not see them. */
export async function groupChoices({ ctx, words, operator }: AdminCall): Promise<readonly Choice[]> {
  if (!operator.rights.has('portress.view_group')) return []
  const groups = await adminListGroups(ctx, { limit: LIMIT })
  return groups
    .map(({ id, name }) => ({ value: String(id), label: name }))
    .sort((a, b) => a.label.localeCompare(b.label, words.language))
}
