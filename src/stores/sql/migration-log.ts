import type { Migration } from '../../contracts/store.ts'
import { type AtomicStep, change, readAll, runScript } from './atomic-step.ts'
import { migrateInPieces } from './migrate-in-pieces.ts'
import { type MigrationProgress, readProgress } from './migration-progress.ts'
import type { Naming } from './naming.ts'
import { fixedText, renderSql, sql } from './sql.ts'
import type { SqlEngine } from './sql-engine.ts'
import { type Query, statementsFor } from './statements.ts'

/** Checksums by the name of the migration. */
export type AppliedMigrations = ReadonlyMap<string, string>

/** What the log says. */
export interface LoggedMigrations {
  readonly applied: AppliedMigrations
  /** What was begun and is not finished, where no transaction holds a migration together. */
  readonly unfinished: ReadonlyMap<string, MigrationProgress>
}

/** The table that lists what was applied. */
export interface MigrationLog {
  /** Nothing is created: a database without the table has nothing applied. */
  read(): AtomicStep<LoggedMigrations>
  /**
   * Applies the first migration that is not in the list yet, and tells its name; `null` when all are.
   *
   * @throws {Error} when an applied migration has another text by now, or when one fails
   */
  applyNext(migrations: readonly Migration[]): AtomicStep<string | null>
}

export function migrationLog(engine: SqlEngine, naming: Naming): MigrationLog {
  const { table, columns: c } = naming.schemaMigrations
  const { query, command } = statementsFor(engine)
  const columnsOfTable: Query<{ readonly table: string }, string> = query(
    () => engine.columnsOfTable,
    (row) => engine.decode.text(row[0]),
  )
  const list: Query<object, readonly [string, string]> = query(
    () => sql`SELECT ${c.name}, ${c.checksum} FROM ${table} ORDER BY ${c.appliedAt}, ${c.name}`,
    (row) => [engine.decode.text(row[0]), engine.decode.text(row[1])],
  )
  const note = command<Migration>(
    (p) => sql`INSERT INTO ${table} (${c.name}, ${c.checksum}, ${c.appliedAt})
      VALUES (${p.name}, ${p.checksum}, ${fixedText(engine.now)})`,
  )
  function* read(): AtomicStep<LoggedMigrations> {
    const columns = yield* readAll(columnsOfTable, { table: table.name })
    return loggedMigrations(columns.length === 0 ? [] : yield* readAll(list, {}))
  }
  const applyInPieces = engine.piecewise && migrateInPieces(engine, naming, engine.piecewise)
  return {
    read,
    *applyNext(migrations) {
      if (engine.lockMigrations !== null) yield* runScript(engine.lockMigrations)
      yield* runScript(createLog(engine, naming))
      const { applied, unfinished } = yield* read()
      const [changed] = changedMigrations(migrations, applied)
      if (changed) throw new Error(changed)
      const next = migrations.find(({ name }) => !applied.has(name))
      if (!next) return null
      if (applyInPieces !== null) {
        yield* applyInPieces(next, unfinished.get(next.name) ?? null)
      } else {
        yield* runMigration(next)
        yield* change(note, next)
      }
      return next.name
    },
  }
}

function loggedMigrations(rows: readonly (readonly [string, string])[]): LoggedMigrations {
  const applied = new Map<string, string>()
  const unfinished = new Map<string, MigrationProgress>()
  for (const [name, checksum] of rows) {
    const progress = readProgress(checksum)
    if (progress === null) applied.set(name, checksum)
    else unfinished.set(name, progress)
  }
  return { applied, unfinished }
}

function createLog(engine: SqlEngine, { schemaMigrations: { table, columns: c } }: Naming): string {
  const { key, text, moment } = engine.types
  const create = sql`CREATE TABLE IF NOT EXISTS ${table} (
  ${c.name} ${fixedText(key)} PRIMARY KEY NOT NULL,
  ${c.checksum} ${fixedText(text)} NOT NULL,
  ${c.appliedAt} ${fixedText(moment)} NOT NULL
)${fixedText(engine.tableOptions)}`
  return renderSql(create, engine).text
}

/** Says which applied migrations have another text by now. */
export function changedMigrations(migrations: readonly Migration[], applied: AppliedMigrations): readonly string[] {
  return migrations
    .filter(({ name, checksum }) => (applied.get(name) ?? checksum) !== checksum)
    .map(({ name }) => `${name} is not the text that was applied; undo the change and write a new file`)
}

function* runMigration({ name, statements }: Migration): AtomicStep<void> {
  try {
    for (const statement of statements) yield* runScript(statement)
  } catch (error) {
    throw new Error(`the migration ${name} failed: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}
