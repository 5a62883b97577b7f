import type { Counted, UserPageQuery } from '../contracts/user-list-store.ts'
import { toAccount } from '../model/account.ts'
import type { AuditChange } from '../model/audit.ts'
import type { JsonValue } from '../model/field.ts'
import type { UserConditions, UserListPosition } from '../model/user-list.ts'
import { CSV_LINE_END, csvRecord } from '../util/csv.ts'
import type { CommandContext } from './context.ts'
import { assertFresh, type FreshnessInput } from './steps/assert-fresh.ts'
import { type ExportColumn, readExportColumns } from './steps/export-columns.ts'
import { maskText } from './steps/mask-value.ts'
import { requireOperator } from './steps/require-operator.ts'
import { readConditions, readOrder, type UserListInput, type UserOrderInput } from './steps/user-list-query.ts'
import { writeAudit } from './steps/write-audit.ts'

export interface AdminExportUsersInput extends UserListInput, UserOrderInput, FreshnessInput {
  /** Names as in `orderBy`, further `status`, `isStaff`, `isSuperuser`, `isEmailVerified`, `profiles.author.penName`, or columns of your own. @default all but profiles */
  readonly columns?: readonly (string | ExportColumn)[]
}

export interface UserFile {
  /** CSV as RFC 4180 has it, piece by piece; the first piece is the head. Cells that spreadsheets would calculate are not. */
  readonly pieces: AsyncIterable<string>
  /** How many users it will have, for whoever shows progress. */
  readonly expected: Counted
}

/** Rows of one piece. */
const PIECE = 500

const MAX_EXPECTED = 10_000

/**
 * The users of a list as a file, read page by page while somebody takes it, so that it may be as long as it likes.
 *
 * @throws {AuthError} `not_authenticated`, `validation_failed`; `forbidden`, with the reason `proof_too_old`
 */
export async function adminExportUsers(ctx: CommandContext, input: AdminExportUsersInput): Promise<UserFile> {
  await requireOperator(ctx, 'view_user')
  const columns = readExportColumns(ctx, input.columns)
  const order = readOrder(ctx, input)
  const conditions = await readConditions(ctx, input)
  await assertFresh(ctx, input)
  const expected = await ctx.store.userLists.countUpTo(conditions, MAX_EXPECTED)
  await writeAudit(ctx, {
    action: 'users.exported',
    object: { kind: 'users', id: null, name: null },
    changes: [{ field: 'columns', from: null, to: columns.map(({ name }) => name) }, ...filtersOf(input, conditions)],
  })
  return { pieces: piecesOf(ctx, { conditions, order, limit: PIECE }, columns), expected }
}

/** By what the users were chosen, for the audit log. What was searched for says too much of a person. */
function filtersOf({ isLocked }: AdminExportUsersInput, conditions: UserConditions): readonly AuditChange[] {
  const { search, ids, ...plain } = conditions
  const chosen: Readonly<Record<string, JsonValue | Date>> = {
    ...(search === undefined ? {} : { search: search.words.map(maskText) }),
    ...(isLocked === true ? { isLocked } : {}),
    ...(ids === undefined ? {} : { ids: ids.length }),
    ...plain,
  }
  return Object.entries(chosen).map(([field, value]) => ({
    field,
    from: null,
    to: value instanceof Date ? value.toISOString() : value,
  }))
}

async function* piecesOf(
  { store }: CommandContext,
  query: Omit<UserPageQuery, 'from'>,
  columns: readonly ExportColumn[],
): AsyncGenerator<string> {
  yield csvRecord(columns.map(({ name }) => name)) + CSV_LINE_END
  let position: UserListPosition | null = null
  do {
    const from: UserPageQuery['from'] = position === null ? null : { position, go: 'forward' }
    const page: Awaited<ReturnType<typeof store.userLists.page>> = await store.userLists.page({ ...query, from })
    let piece = ''
    for (const user of page.users) {
      const account = toAccount(user)
      const cells = await Promise.all(columns.map(({ value }) => value(account)))
      piece += csvRecord(cells.map(cellOf)) + CSV_LINE_END
    }
    if (piece !== '') yield piece
    position = page.next
  } while (position !== null)
}

function cellOf(value: unknown): string | number | null {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'number' || typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
