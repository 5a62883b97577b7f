import { createHash } from 'node:crypto'
import type { Migration, MigrationControl, MigrationStatus } from '../../contracts/store.ts'
import { addressProblems } from './address-problems.ts'
import type { AtomicStep } from './atomic-step.ts'
import { BUILT_IN_MIGRATIONS } from './built-in-migrations.ts'
import { type Ddl, ddlFor } from './ddl.ts'
import { type Draft, draftMigration } from './draft-migration.ts'
import { type MigrationFile, readMigrationFolder } from './migration-folder.ts'
import { changedMigrations, type MigrationLog, migrationLog } from './migration-log.ts'
import { schemaProblems } from './schema-problems.ts'
import type { SqlDatabase } from './sql-database.ts'
import type { SqlEngine } from './sql-engine.ts'
import type { UserModel } from './user-model.ts'

/** What the migrations of a database are made from. */
export interface MigrationPlan {
  readonly model: UserModel
  /** Folder of the application's own files, or `null`. */
  readonly folder: string | null
}

/** Migrations in any SQL engine: the built-in ones, then the files of the application's folder. */
export function sqlMigrations(db: SqlDatabase, plan: MigrationPlan): MigrationControl {
  const log = migrationLog(db.engine, plan.model.naming)
  return {
    status: () => status(db, plan, log),
    async apply() {
      const migrations = allMigrations(db.engine, plan)
      const names: string[] = []
      // Each in a transaction of its own; the log is read again inside, so that processes share the work.
      for (;;) {
        const name = await db.atomic(() => log.applyNext(migrations))
        if (name === null) return names
        names.push(name)
      }
    },
    draft: async (options) => draft(db.engine, plan, options),
  }
}

/** Built-in migrations and files, in the order in which they are applied. */
export function allMigrations(engine: SqlEngine, plan: MigrationPlan): readonly Migration[] {
  const ddl = ddlOf(engine, plan)
  const builtIn = BUILT_IN_MIGRATIONS.map(({ name, statements }) => migration(name, statements(ddl, plan.model.naming)))
  return [...builtIn, ...files(plan).map(({ name, text }) => migration(name, [text]))]
}

export function draft(engine: SqlEngine, plan: MigrationPlan, options: { dropUndeclared: boolean }): Draft | null {
  return draftMigration({ ddl: ddlOf(engine, plan), model: plan.model, files: files(plan), ...options })
}

async function status(db: SqlDatabase, plan: MigrationPlan, log: MigrationLog): Promise<MigrationStatus> {
  const migrations = allMigrations(db.engine, plan)
  const { applied } = await db.readOnly(log.read)
  const pending = migrations.filter(({ name }) => !applied.has(name))
  // A name that is not in this list was applied by a newer release; running beside it is allowed.
  const unknown = [...applied.keys()].filter((name) => migrations.every((one) => one.name !== name))
  const known = migrations.filter(({ name }) => applied.has(name)).map(({ name }) => name)
  const problems = [...changedMigrations(migrations, applied)]
  if (pending.length === 0) problems.push(...(await db.readOnly(() => databaseProblems(db.engine, plan.model))))
  else if (draft(db.engine, plan, { dropUndeclared: false })) problems.push('declared fields need a new migration')
  return { applied: [...known, ...unknown], pending, problems }
}

function* databaseProblems(engine: SqlEngine, model: UserModel): AtomicStep<readonly string[]> {
  const problems = yield* schemaProblems(engine, model)
  // What the rows say can only be read where the columns are there.
  return problems.length > 0 ? problems : yield* addressProblems(engine, model)
}

function migration(name: string, statements: readonly string[]): Migration {
  return { name, statements, checksum: createHash('sha256').update(statements.join(';\n')).digest('hex') }
}

function files({ folder }: MigrationPlan): readonly MigrationFile[] {
  return readMigrationFolder(folder)
}

function ddlOf(engine: SqlEngine, { model }: MigrationPlan): Ddl {
  return ddlFor(engine, model.naming, model.ids)
}
