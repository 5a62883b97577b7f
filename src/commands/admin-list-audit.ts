import type { AuditEntry, AuditFilter } from '../model/audit.ts'
import type { CommandContext } from './context.ts'
import { readPageLimit } from './steps/read-page.ts'
import { requireOperator } from './steps/require-operator.ts'

export interface AdminListAuditInput {
  /** All conditions must hold; `object: { kind: 'user', id: '7' }` is the history of one user. @default none */
  readonly filter?: Omit<AuditFilter, 'limit' | 'before'>
  /** The last entry of the page before. @default the first page */
  readonly before?: AuditFilter['before']
  /** From 1 to 1000. @default 100 */
  readonly limit?: number
}

/**
 * What operators did, newest first.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `validation_failed`
 */
export async function adminListAudit(ctx: CommandContext, input: AdminListAuditInput): Promise<readonly AuditEntry[]> {
  await requireOperator(ctx, 'view_audit')
  const { filter = {}, before } = input
  const limit = readPageLimit(input.limit ?? 100)
  return ctx.store.audit.list({ ...filter, ...(before === undefined ? {} : { before }), limit })
}
