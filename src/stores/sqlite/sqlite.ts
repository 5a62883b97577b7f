import type { Store, StoreFactory, StoreSchema } from '../../contracts/store.ts'
import { runScript } from '../sql/atomic-step.ts'
import { migrationLog } from '../sql/migration-log.ts'
import { type NamingOptions, resolveNaming } from '../sql/naming.ts'
import { allMigrations, draft, type MigrationPlan } from '../sql/sql-migrations.ts'
import { sqlStore } from '../sql/sql-store.ts'
import { userModel } from '../sql/user-model.ts'
import { type SqliteDatabase, sqliteDatabase } from './sqlite-database.ts'
import { sqliteEngine } from './sqlite-engine.ts'
import { sqliteLocation } from './sqlite-location.ts'

export interface SqliteOptions {
  /**
   * `'full'`: what was acknowledged survives a loss of power; only sessions that have just begun, counts of guesses,
   * the log of attempts and moments of last use may lack their last moments then. `'normal'`: all of it survives a crash
   * of the process and nothing more, and writing is faster.
   *
   * @default 'full'
   */
  readonly durability?: 'full' | 'normal'
  /** How long a write waits for another process. The event loop waits with it. @default 5000 */
  readonly busyTimeoutMilliseconds?: number
  /** Names of tables and columns. @default tables begin with `portress_` */
  readonly naming?: NamingOptions
}

/**
 * Keeps everything in one SQLite file, through Node's own `node:sqlite`.
 *
 * `location` is a path, a `sqlite:` or `file:` URL, or `':memory:'` for tests: nobody can migrate a database that lives
 * in memory beforehand, so that one has all tables and declared columns as soon as it is open. Several processes of one
 * machine may use a file; a file on a network share may break (https://www.sqlite.org/useovernet.html). A new file can
 * be read by its owner alone.
 *
 * @example
 * createAuth({ ...options, store: sqlite('app.db') })
 *
 * @throws {TypeError} for a location or an option that cannot be used
 */
export function sqlite(location: string, options: SqliteOptions = {}): StoreFactory {
  const { durability = 'full', busyTimeoutMilliseconds = 5000 } = options
  const place = sqliteLocation(location)
  const naming = resolveNaming(options.naming)
  if (!Number.isSafeInteger(busyTimeoutMilliseconds) || busyTimeoutMilliseconds < 0) {
    throw new TypeError('busyTimeoutMilliseconds must be a whole number of 0 or more')
  }
  return { open }

  function open(schema: StoreSchema): Store {
    const plan: MigrationPlan = { model: userModel(schema, naming), folder: schema.migrationsFolder }
    const db = sqliteDatabase(sqliteEngine, { location: place, durability, busyTimeoutMilliseconds })
    if (place.kind === 'memory') migrateNow(db, plan)
    return sqlStore(db, plan)
  }
}

/** Everything `apply` would do, and what the declared fields need beyond the files. */
function migrateNow(db: SqliteDatabase, plan: MigrationPlan): void {
  const log = migrationLog(db.engine, plan.model.naming)
  const migrations = allMigrations(db.engine, plan)
  while (db.atomicNow(() => log.applyNext(migrations)) !== null);
  const missing = draft(db.engine, plan, { dropUndeclared: false })
  db.atomicNow(function* () {
    for (const statement of missing?.statements ?? []) yield* runScript(statement)
  })
}
