import type { Migration } from '../../contracts/store.ts'
import { type AtomicStep, change, runScript } from './atomic-step.ts'
import { digestOf, type MigrationProgress, NOTHING_DONE, writeProgress } from './migration-progress.ts'
import type { Naming } from './naming.ts'
import { fixedText, sql } from './sql.ts'
import type { PiecewiseMigrations, SqlEngine } from './sql-engine.ts'
import { statementsFor } from './statements.ts'

/** Applies a migration, or what is left of it. */
export type PiecewiseStep = (migration: Migration, progress: MigrationProgress | null) => AtomicStep<void>

/**
 * Applies migrations where a statement that changes the schema commits what was before it, and itself.
 *
 * Before each statement the log says that it runs, and after it that it is done. A statement that changes rows is one
 * transaction with both. One that changes the schema happens as a whole or not at all, so after a crash in between only
 * that one is in doubt: it is run again, and where it has been done the engine says that what it makes is there already.
 *
 * @throws {Error} what it makes does so when a statement fails; those before it stay, and are not run again
 */
export function migrateInPieces(engine: SqlEngine, naming: Naming, piecewise: PiecewiseMigrations): PiecewiseStep {
  const { begin, mark } = logStatements(engine, naming)
  function* runPiece({ name, statements, at, isInDoubt }: Piece): AtomicStep<void> {
    const progress = { done: at, digest: digestOf(statements.slice(0, at)) }
    yield* runScript(piecewise.begin)
    yield* change(mark, { name, checksum: writeProgress({ ...progress, isRunning: true }) })
    try {
      yield* runScript(statements[at] ?? '')
    } catch (error) {
      if (isInDoubt && piecewise.isDone(error)) return
      yield* noteFailure({ name, checksum: writeProgress({ ...progress, isRunning: false }) })
      const place = `statement ${at + 1} of ${statements.length}; what comes before it is done and will not be run again`
      throw failure(error, { name, place })
    }
  }
  function* noteFailure(row: LogRow): AtomicStep<void> {
    try {
      yield* change(mark, row)
    } catch {
      // Where the connection is lost the statement stays in doubt, which it is.
    }
  }
  return function* apply({ name, checksum, statements: texts }, progress) {
    const statements = splitAll(piecewise, { name, texts })
    const { done, isRunning } = checkedProgress(progress, { name, statements })
    if (progress === null) yield* change(begin, { name, checksum: writeProgress(NOTHING_DONE) })
    for (let at = done; at < statements.length; at += 1) {
      yield* runPiece({ name, statements, at, isInDoubt: isRunning && at === done })
      const after = { done: at + 1, isRunning: false, digest: digestOf(statements.slice(0, at + 1)) }
      yield* change(mark, { name, checksum: writeProgress(after) })
    }
    yield* change(mark, { name, checksum })
  }
}

function splitAll(
  { split }: PiecewiseMigrations,
  { name, texts }: { readonly name: string; readonly texts: readonly string[] },
): readonly string[] {
  try {
    return texts.flatMap(split)
  } catch (error) {
    throw failure(error, { name, place: 'nothing of it was run' })
  }
}

/** A migration taken apart. */
interface Pieces {
  readonly name: string
  readonly statements: readonly string[]
}

interface Piece extends Pieces {
  readonly at: number
  /** It was begun before, and nobody knows whether it has been done. */
  readonly isInDoubt: boolean
}

interface LogRow {
  readonly name: string
  readonly checksum: string
}

function logStatements(engine: SqlEngine, { schemaMigrations: { table, columns: c } }: Naming) {
  const { command } = statementsFor(engine)
  return {
    begin: command<LogRow>(
      (p) => sql`INSERT INTO ${table} (${c.name}, ${c.checksum}, ${c.appliedAt})
        VALUES (${p.name}, ${p.checksum}, ${fixedText(engine.now)})`,
    ),
    mark: command<LogRow>(
      (p) => sql`UPDATE ${table} SET ${c.checksum} = ${p.checksum}, ${c.appliedAt} = ${fixedText(engine.now)}
        WHERE ${c.name} = ${p.name}`,
    ),
  }
}

/** What has been done must be what the text says; what has not may be mended. */
function checkedProgress(progress: MigrationProgress | null, { name, statements }: Pieces): MigrationProgress {
  if (progress === null) return NOTHING_DONE
  const { done, digest } = progress
  if (done <= statements.length && digest === digestOf(statements.slice(0, done))) return progress
  throw new Error(
    `the migration ${name} is unfinished and not the text that was begun: ${done} of its statements are done. Undo the ` +
      'change to them; what comes behind them may be mended',
  )
}

function failure(error: unknown, { name, place }: { readonly name: string; readonly place: string }): Error {
  const message = error instanceof Error ? error.message : String(error)
  return new Error(`the migration ${name} failed: ${message} (${place})`, { cause: error })
}
