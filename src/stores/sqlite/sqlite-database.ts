import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { AtomicStep, StepAnswer, StepRequest } from '../sql/atomic-step.ts'
import type { Durability, SqlDatabase } from '../sql/sql-database.ts'
import type { Row, SqlEngine } from '../sql/sql-engine.ts'
import type { Statement } from '../sql/statements.ts'
import { type ConnectionOptions, openConnection, synchronousPragma } from './open-connection.ts'
import { translateSqliteError } from './sqlite-errors.ts'

/** A database that can also run a step before anybody can await it. */
export interface SqliteDatabase extends SqlDatabase {
  atomicNow<T>(step: () => AtomicStep<T>, durability?: Durability): T
}

/**
 * One connection, used synchronously.
 *
 * A step runs from `BEGIN` to `COMMIT` within one turn of the event loop, so no other request of this process can come
 * in between, and `IMMEDIATE` keeps other processes out: nothing ever has to be run again.
 *
 * @throws {AuthError} `unavailable` when the file cannot be opened
 */
export function sqliteDatabase(engine: SqlEngine, options: ConnectionOptions): SqliteDatabase {
  const connection = guarded(() => openConnection(options))
  const prepare = statementCache(connection)
  const begin = connection.prepare('BEGIN IMMEDIATE')
  const beginReading = connection.prepare('BEGIN')
  const commit = connection.prepare('COMMIT')
  const keepWrites = durabilitySwitch(connection, options.durability)
  const transact = <T>(start: StatementSync, step: AtomicStep<T>, durability: Durability): T =>
    guarded(() => {
      keepWrites(durability)
      start.run()
      try {
        const result = drive(step, (request) => execute(connection, prepare, request))
        commit.run()
        return result
      } catch (error) {
        // SQLite has rolled back by itself after some failures, such as a full disk.
        if (connection.isTransaction) connection.exec('ROLLBACK')
        throw error
      }
    })
  const atomicNow = <T>(step: () => AtomicStep<T>, durability: Durability = 'full'): T =>
    transact(begin, step(), durability)
  return {
    engine,
    atomicNow,
    atomic: async (step, durability) => atomicNow(step, durability),
    readOnly: async (step) => transact(beginReading, step(), 'full'),
    async all(query, input) {
      const rows = guarded(() => rowsOf(prepare(query).all(...inputs(query.bind(input)))))
      return rows.map((row) => query.read(row, input))
    },
    // The path of every authenticated request: no closure, no list.
    async first(query, input) {
      try {
        const row = prepare(query).get(...inputs(query.bind(input)))
        return row === undefined ? null : query.read(rowOf(row), input)
      } catch (error) {
        throw translateSqliteError(error)
      }
    },
    change: async (command, input, durability = 'full') =>
      guarded(() => {
        keepWrites(durability)
        return Number(prepare(command).run(...inputs(command.bind(input))).changes)
      }),
    async close() {
      if (connection.isOpen) connection.close()
    },
  }
}

function guarded<T>(action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw translateSqliteError(error)
  }
}

/** SQLite takes the mode of the moment at which a transaction begins. It is run as text: once prepared, it does nothing. */
function durabilitySwitch(
  connection: DatabaseSync,
  configured: ConnectionOptions['durability'],
): (durability: Durability) => void {
  let current = configured
  return (durability) => {
    const wanted = durability === 'full' ? configured : 'normal'
    if (wanted === current) return
    connection.exec(synchronousPragma(wanted))
    current = wanted
  }
}

/** Prepares each statement at its first run: the tables may not be there before. */
function statementCache(connection: DatabaseSync): (statement: Statement) => StatementSync {
  const prepared = new WeakMap<Statement, StatementSync>()
  return (statement) => {
    const known = prepared.get(statement)
    if (known) return known
    const fresh = connection.prepare(statement.text)
    fresh.setReturnArrays(true)
    prepared.set(statement, fresh)
    return fresh
  }
}

/** Runs a step to its end, without ever waiting. A failure is raised inside the step, at the statement that failed. */
function drive<T>(step: AtomicStep<T>, answer: (request: StepRequest) => StepAnswer): T {
  let state = step.next()
  while (!state.done) {
    let given: StepAnswer
    try {
      given = answer(state.value)
    } catch (error) {
      state = step.throw(error)
      continue
    }
    state = step.next(given)
  }
  return state.value
}

function execute(
  connection: DatabaseSync,
  prepare: (statement: Statement) => StatementSync,
  request: StepRequest,
): StepAnswer {
  if (request.kind === 'script') {
    connection.exec(request.text)
    if (!connection.isTransaction) throw new Error('the script ended the transaction it runs in')
    return NOTHING
  }
  const { statement, values } = request
  const run = prepare(statement)
  switch (statement.gives) {
    case 'rows':
      return { ...NOTHING, rows: rowsOf(run.all(...inputs(values))) }
    case 'changes':
      return { ...NOTHING, changes: Number(run.run(...inputs(values)).changes) }
    case 'id':
      return { ...NOTHING, id: Number(run.run(...inputs(values)).lastInsertRowid) }
  }
}

const NOTHING: StepAnswer = { rows: [], changes: 0, id: null }

// `setReturnArrays` and `encode` are what makes these true; the driver's types do not know.
function rowOf(row: unknown): Row {
  return row as Row
}

function rowsOf(rows: unknown): readonly Row[] {
  return rows as readonly Row[]
}

function inputs(values: readonly unknown[]): readonly SQLInputValue[] {
  return values as readonly SQLInputValue[]
}
