import type { AuditEntry, AuditFilter } from '../model/audit.ts'
import { readUserId } from '../model/user-id.ts'
import type { CommandContext } from './context.ts'
import { findNamedUser } from './steps/find-named-user.ts'
import { readPageLimit } from './steps/read-page.ts'
import { requireOperator } from './steps/require-operator.ts'
import { shownNames } from './steps/shown-names.ts'

export interface AdminListAuditInput {
  /** All conditions must hold; `object: { kind: 'user', id: '7' }` is the history of one user. @default none */
  readonly filter?: Omit<AuditFilter, 'limit' | 'before'>
  /** Only what the operator with this user name or address did. @default of everybody */
  readonly actor?: string
  /** The last entry of the page before. @default the first page */
  readonly before?: AuditFilter['before']
  /** From 1 to 1000. @default 100 */
  readonly limit?: number
}

/** An entry, and what the people in it are called now: `null` for whoever is gone, and for what is no user. */
export interface ListedAuditEntry extends AuditEntry {
  readonly actorNow: string | null
  readonly objectNow: string | null
}

/**
 * What operators did, newest first, with the names that people had then and have now.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `validation_failed`
 */
export async function adminListAudit(
  ctx: CommandContext,
  input: AdminListAuditInput,
): Promise<readonly ListedAuditEntry[]> {
  const operator = await requireOperator(ctx, 'view_audit')
  const limit = readPageLimit(input.limit ?? 100)
  const named = input.actor === undefined ? undefined : await findNamedUser(ctx, operator, input.actor)
  if (named === null) return []
  const { before } = input
  const filter = { ...input.filter, ...(named === undefined ? {} : { actorId: String(named.id) }) }
  const entries = await ctx.store.audit.list({ ...filter, ...(before === undefined ? {} : { before }), limit })
  const ids = entries.flatMap(peopleIn).map((id) => (id === null ? null : readUserId(id, ctx.config.ids)))
  const names = await shownNames(ctx, operator, ids)
  return entries.map((entry) => {
    const [actorNow, objectNow] = peopleIn(entry).map((id) => names.get(String(id)) ?? null)
    return { ...entry, actorNow: actorNow ?? null, objectNow: objectNow ?? null }
  })
}

/** The operator, and to whom it was done, where it was done to a user. */
const peopleIn = ({ actorId, object }: AuditEntry): readonly [string | null, string | null] => [
  actorId,
  object.kind === 'user' ? object.id : null,
]
