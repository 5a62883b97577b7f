import { type AtomicStep, readAll } from './atomic-step.ts'
import { uniqueColumn } from './declared-columns.ts'
import { builtInTables, type Naming } from './naming.ts'
import type { Identifier } from './sql.ts'
import type { SqlEngine } from './sql-engine.ts'
import { statementsFor } from './statements.ts'
import type { UserModel } from './user-model.ts'

/** What a table must have for the store to keep its promises. */
interface TableNeeds {
  readonly table: Identifier
  readonly columns: readonly Identifier[]
  /** Columns whose unique index carries a rule: without it two users could share a name. */
  readonly unique: readonly Identifier[]
}

/** Says what the real database lacks. What it has beyond the needs is nobody's business. */
export function* schemaProblems(engine: SqlEngine, model: UserModel): AtomicStep<readonly string[]> {
  const { query } = statementsFor(engine)
  const readName = (row: readonly unknown[]) => engine.decode.text(row[0])
  const columnsOf = query<{ readonly table: string }, string>(() => engine.columnsOfTable, readName)
  const uniqueColumnsOf = query<{ readonly table: string }, string>(() => engine.uniqueColumnsOfTable, readName)
  const problems: string[] = []
  for (const needs of [...builtInNeeds(model.naming), ...declaredNeeds(model)]) {
    const table = needs.table.name
    const columns = yield* readAll(columnsOf, { table })
    const unique = yield* readAll(uniqueColumnsOf, { table })
    problems.push(...problemsOf(needs, columns, unique))
  }
  return problems
}

function problemsOf(needs: TableNeeds, columns: readonly string[], unique: readonly string[]): readonly string[] {
  const table = needs.table.name
  if (columns.length === 0) return [`the table ${table} is missing`]
  const isMissing = (column: Identifier) => !columns.includes(column.name)
  const isShared = (column: Identifier) => !isMissing(column) && !unique.includes(column.name)
  return [
    ...needs.columns.filter(isMissing).map(({ name }) => `the column ${table}.${name} is missing`),
    ...needs.unique.filter(isShared).map(({ name }) => `the unique index on ${table}.${name} is missing`),
  ]
}

function builtInNeeds(naming: Naming): readonly TableNeeds[] {
  const { users, identities, sessions, codes, throttles, groups, addressRules } = naming
  const unique = [
    users.columns.id,
    users.columns.usernameKey,
    users.columns.emailKey,
    identities.columns.digest,
    sessions.columns.id,
    sessions.columns.digest,
    codes.columns.digest,
    throttles.columns.key,
    groups.columns.id,
    groups.columns.nameKey,
    addressRules.columns.addressRange,
  ]
  return builtInTables(naming).map(({ table, columns }) => {
    const all: readonly Identifier[] = Object.values(columns)
    return { table, columns: all, unique: unique.filter((column) => all.includes(column)) }
  })
}

function declaredNeeds({ naming, columns, profiles }: UserModel): readonly TableNeeds[] {
  const owners = [{ table: naming.users.table, columns, key: [] }]
  const ofProfiles = profiles.map((profile) => ({ ...profile, key: [naming.profileUserId] }))
  return [...owners, ...ofProfiles].map(({ table, columns: declared, key }) => ({
    table,
    columns: [...key, ...declared.flatMap(({ column, keyColumn }) => (keyColumn ? [column, keyColumn] : [column]))],
    unique: [...key, ...declared.filter(({ definition }) => definition.unique).map(uniqueColumn)],
  }))
}
