import type { AtomicStep } from './atomic-step.ts'
import type { SqlEngine } from './sql-engine.ts'
import type { Command, Query } from './statements.ts'

/**
 * How firmly a write is kept. `relaxed`: it survives the process, yet a loss of power may take the last moments with
 * it, and so it waits for no disk. What is written `full` afterwards makes it firm, too. Only for what may be forgotten
 * without harm: counters, the log of attempts, moments of last use, a session that has just begun.
 */
export type Durability = 'full' | 'relaxed'

/** What the shared parts of the SQL stores need of a database. Each engine's folder implements it on its driver. */
export interface SqlDatabase {
  readonly engine: SqlEngine
  all<I, R>(query: Query<I, R>, input: I): Promise<readonly R[]>
  first<I, R>(query: Query<I, R>, input: I): Promise<R | null>
  /** Tells how many rows were changed. @default durability `full` */
  change<I>(command: Command<I>, input: I, durability?: Durability): Promise<number>
  /**
   * Runs a step to its end in one transaction: all of it happens, or nothing. Steps that touch the same rows happen one
   * after another. `step` is called again from the start when the engine gave up on a transaction or a unique value was
   * taken in between, so it changes nothing but the database.
   */
  atomic<T>(step: () => AtomicStep<T>, durability?: Durability): Promise<T>
  /** Runs a step that only reads: all its queries see the database at one moment, and nobody waits for it. */
  readOnly<T>(step: () => AtomicStep<T>): Promise<T>
  close(): Promise<void>
}
