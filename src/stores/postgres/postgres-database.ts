import type { AtomicStep } from '../sql/atomic-step.ts'
import { isLost, isUnsent, persistence } from '../sql/persistent-work.ts'
import type { Durability, SqlDatabase } from '../sql/sql-database.ts'
import type { SqlEngine } from '../sql/sql-engine.ts'
import type { Statement } from '../sql/statements.ts'
import type { Connections } from './pg-connections.ts'
import { translatePostgresError } from './postgres-errors.ts'
import { isWorthAnotherTry } from './retry-policy.ts'
import { runTransaction } from './run-transaction.ts'

/**
 * The isolation is named, whatever the database's default: the shared steps lock the rows they depend on, and each statement
 * must see what others committed while it waited for such a lock.
 */
const BEGIN: Readonly<Record<Durability, string>> = {
  full: 'BEGIN ISOLATION LEVEL READ COMMITTED',
  relaxed: 'BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit = off',
}

const BEGIN_READING = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'

/** PostgreSQL behind a pool. A step holds one connection, and nothing inside of it asks for a second. */
export function postgresDatabase(engine: SqlEngine, connections: Connections): SqlDatabase {
  const ask = (statement: Statement, values: readonly unknown[]) =>
    connections.use((connection) => connection.run(statement, values))
  const transact = <T>(begin: string, step: () => AtomicStep<T>): Promise<T> =>
    persistently(isUnsent, () => connections.use((connection) => runTransaction(connection, begin, step())))
  const read = async (statement: Statement, values: readonly unknown[]) =>
    (await persistently(isLost, () => ask(statement, values))).rows
  return {
    engine,
    async all(query, input) {
      const rows = await read(query, query.bind(input))
      return rows.map((row) => query.read(row, input))
    },
    async first(query, input) {
      const [row] = await read(query, query.bind(input))
      return row === undefined ? null : query.read(row, input)
    },
    async change(command, input, durability = 'full') {
      const values = command.bind(input)
      if (durability === 'relaxed') return transact(BEGIN.relaxed, () => single(command, values))
      return (await persistently(isUnsent, () => ask(command, values))).rowCount ?? 0
    },
    atomic: (step, durability = 'full') => transact(BEGIN[durability], step),
    readOnly: (step) => transact(BEGIN_READING, step),
    close: () => connections.close(),
  }
}

function* single(statement: Statement, values: readonly unknown[]): AtomicStep<number> {
  const { changes } = yield { kind: 'statement', statement, values }
  return changes
}

const persistently = persistence({ isWorthAnotherTry, translate: translatePostgresError })
