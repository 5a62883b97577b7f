import type { Row } from './sql-engine.ts'
import type { Command, Insert, Query, Statement } from './statements.ts'

/** What a step asks its driver to run. */
export type StepRequest =
  | { readonly kind: 'statement'; readonly statement: Statement; readonly values: readonly unknown[] }
  /** SQL text without parameters, possibly several statements. */
  | { readonly kind: 'script'; readonly text: string }

/** What the driver answers. Only what the statement `gives` means anything. */
export interface StepAnswer {
  readonly rows: readonly Row[]
  readonly changes: number
  readonly id: number | null
}

/**
 * Several statements that happen as one, written once for all engines.
 *
 * A step is a generator so that it does not know how its driver waits: SQLite runs it to its end within one turn of the
 * event loop, a driver behind a network awaits each answer. It yields only through the functions below.
 */
export type AtomicStep<T> = Generator<StepRequest, T, StepAnswer>

export function* readAll<I, R>(query: Query<I, R>, input: I): AtomicStep<readonly R[]> {
  const { rows } = yield { kind: 'statement', statement: query, values: query.bind(input) }
  return rows.map((row) => query.read(row, input))
}

export function* readFirst<I, R>(query: Query<I, R>, input: I): AtomicStep<R | null> {
  const { rows } = yield { kind: 'statement', statement: query, values: query.bind(input) }
  const row = rows[0]
  return row ? query.read(row, input) : null
}

/** Tells how many rows were changed. */
export function* change<I>(command: Command<I>, input: I): AtomicStep<number> {
  const { changes } = yield { kind: 'statement', statement: command, values: command.bind(input) }
  return changes
}

/** Tells the id that the engine drew, or `null` where the row brought its own. */
export function* insertRow<I>(insert: Insert<I>, input: I): AtomicStep<number | null> {
  const { id } = yield { kind: 'statement', statement: insert, values: insert.bind(input) }
  return id
}

export function* runScript(text: string): AtomicStep<void> {
  yield { kind: 'script', text }
}
