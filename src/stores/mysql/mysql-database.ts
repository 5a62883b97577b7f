import type { AtomicStep } from '../sql/atomic-step.ts'
import { isLost, isUnsent, persistence } from '../sql/persistent-work.ts'
import type { SqlDatabase } from '../sql/sql-database.ts'
import type { SqlEngine } from '../sql/sql-engine.ts'
import type { Statement } from '../sql/statements.ts'
import type { Connections } from './mysql-connections.ts'
import { translateMysqlError } from './mysql-errors.ts'
import { isWorthAnotherTry } from './retry-policy.ts'
import { runTransaction } from './run-transaction.ts'

/**
 * How transactions begin. The shared steps lock the rows they depend on, and each statement must see what others committed while
 * it waited for such a lock: `READ COMMITTED`, which does not lock what lies between rows either.
 */
export interface Beginnings {
  readonly writing: readonly string[]
  readonly reading: readonly string[]
}

/** Connections of the store's own have the isolation from the start. */
export const OWN_BEGINNINGS: Beginnings = {
  writing: ['START TRANSACTION'],
  reading: ['SET TRANSACTION ISOLATION LEVEL REPEATABLE READ', 'START TRANSACTION READ ONLY'],
}

/** The application's connections keep theirs; the isolation is that of the next transaction alone. */
export const FOREIGN_BEGINNINGS: Beginnings = {
  ...OWN_BEGINNINGS,
  writing: ['SET TRANSACTION ISOLATION LEVEL READ COMMITTED', 'START TRANSACTION'],
}

/**
 * MySQL or MariaDB behind a pool. A step holds one connection, and nothing inside of it asks for a second. How firmly
 * commits are kept is a setting of the whole server, so all of them are as firm as it says.
 */
export function mysqlDatabase(engine: SqlEngine, connections: Connections, beginnings: Beginnings): SqlDatabase {
  const ask = (statement: Statement, values: readonly unknown[]) =>
    connections.use((connection) => connection.run(statement, values))
  const transact = <T>(begin: readonly string[], step: () => AtomicStep<T>): Promise<T> =>
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
    async change(command, input) {
      const values = command.bind(input)
      return (await persistently(isUnsent, () => ask(command, values))).changes
    },
    atomic: (step) => transact(beginnings.writing, step),
    readOnly: (step) => transact(beginnings.reading, step),
    close: () => connections.close(),
  }
}

const persistently = persistence({ isWorthAnotherTry, translate: translateMysqlError })
