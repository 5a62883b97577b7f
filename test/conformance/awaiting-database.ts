import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { AuthError } from '../../src/errors.ts'
import type { AtomicStep, StepAnswer, StepRequest } from '../../src/stores/sql/atomic-step.ts'
import type { SqlDatabase } from '../../src/stores/sql/sql-database.ts'
import type { Row, SqlEngine } from '../../src/stores/sql/sql-engine.ts'
import type { Statement } from '../../src/stores/sql/statements.ts'

/**
 * A database that behaves like one behind a network: it answers each statement in a later turn of the event loop, and
 * runs every atomic step a second time because the first transaction "could not be serialized".
 */
export function awaitingDatabase(engine: SqlEngine): SqlDatabase {
  const connection = new DatabaseSync(':memory:')
  const inTurn = takeTurns()
  const run = (request: StepRequest) => answer(connection, request)
  const transact = async <T>(step: AtomicStep<T>, end: 'COMMIT' | 'ROLLBACK'): Promise<T> => {
    connection.exec('BEGIN')
    try {
      const result = await drive(step, run)
      connection.exec(end)
      return result
    } catch (error) {
      connection.exec('ROLLBACK')
      throw error
    }
  }
  const ask = (statement: Statement, values: readonly unknown[]) =>
    inTurn(connection, () => run({ kind: 'statement', statement, values }))
  return {
    engine,
    async all(query, input) {
      return (await ask(query, query.bind(input))).rows.map((row) => query.read(row, input))
    },
    async first(query, input) {
      const [row] = (await ask(query, query.bind(input))).rows
      return row ? query.read(row, input) : null
    },
    async change(command, input) {
      return (await ask(command, command.bind(input))).changes
    },
    readOnly: (step) => inTurn(connection, () => transact(step(), 'COMMIT')),
    atomic: (step) =>
      inTurn(connection, async () => {
        await transact(step(), 'ROLLBACK').catch(() => undefined)
        return transact(step(), 'COMMIT')
      }),
    async close() {
      if (connection.isOpen) connection.close()
    },
  }
}

/** One connection serves one step at a time. */
function takeTurns() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(connection: DatabaseSync, work: () => Promise<T>): Promise<T> => {
    if (!connection.isOpen) return Promise.reject(new AuthError('unavailable', { retryAfterSeconds: 1 }))
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}

async function drive<T>(step: AtomicStep<T>, run: (request: StepRequest) => Promise<StepAnswer>): Promise<T> {
  let state = step.next()
  while (!state.done) {
    const given = await run(state.value).catch((error: unknown) => ({ error }))
    state = 'error' in given ? step.throw(given.error) : step.next(given)
  }
  return state.value
}

async function answer(connection: DatabaseSync, request: StepRequest): Promise<StepAnswer> {
  await new Promise((resolve) => setImmediate(resolve))
  if (request.kind === 'script') {
    connection.exec(request.text)
    return { rows: [], changes: 0, id: null }
  }
  const prepared: StatementSync = connection.prepare(request.statement.text)
  const values = request.values as readonly SQLInputValue[]
  if (request.statement.gives !== 'rows') {
    const { changes, lastInsertRowid } = prepared.run(...values)
    return { rows: [], changes: Number(changes), id: Number(lastInsertRowid) }
  }
  prepared.setReturnArrays(true)
  return { rows: prepared.all(...values) as unknown as readonly Row[], changes: 0, id: null }
}
