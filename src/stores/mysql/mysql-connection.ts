import { ConnectionFailure } from '../sql/connection-failure.ts'
import type { Row } from '../sql/sql-engine.ts'
import type { Statement } from '../sql/statements.ts'
import { failureOf } from './mysql-errors.ts'
import type { MysqlConnection, MysqlOutcome } from './mysql-pool.ts'
import { DECODERS, parameterOf } from './mysql-values.ts'
import { splitScript } from './split-script.ts'

/** A connection that nobody else uses for now. */
export interface Connection {
  run(statement: Statement, values: readonly unknown[]): Promise<Outcome>
  /**
   * Several statements without parameters, for as long as they take. They may leave settings and locks behind, so the
   * connection is closed when the work is over.
   */
  runScript(text: string): Promise<void>
  /** One statement that answers at once, such as the end of a transaction. Gives the first row, if there is any. */
  control(text: string): Promise<Row>
  /** It has run a script. */
  readonly isSpent: boolean
}

/** What came of a statement. Only what it `gives` means anything. */
export interface Outcome {
  readonly rows: readonly Row[]
  readonly changes: number
  readonly id: number | null
}

/** @param patienceMilliseconds without an answer for so long a connection is given up. `null`: never */
export function connectionOf(raw: MysqlConnection, patienceMilliseconds: number | null): Connection {
  let isSpent = false
  const send = (command: 'execute' | 'query', sql: string, values: readonly unknown[]): Promise<unknown> =>
    answered(command === 'query' && values === SCRIPT ? null : patienceMilliseconds, (done) => {
      const statement = { sql, values: values.map(parameterOf), ...READING }
      raw[command](statement, done)
    })
  return {
    run: async (statement, values) => outcomeOf(await send('execute', statement.text, values)),
    async runScript(text) {
      isSpent = true
      for (const statement of splitScript(text)) await send('query', statement, SCRIPT)
    },
    control: async (text) => outcomeOf(await send('query', text, [])).rows[0] ?? [],
    get isSpent() {
      return isSpent
    },
  }
}

const SCRIPT: readonly unknown[] = []

/** Whatever the application has set in the driver: rows are lists, moments are text, large integers are not rounded. */
const READING = {
  rowsAsArray: true,
  dateStrings: true,
  nestTables: false,
  namedPlaceholders: false,
  supportBigNumbers: true,
  bigNumberStrings: false,
  typeCast: (_field: unknown, next: () => unknown): unknown => next(),
} as const

/** Waits for the driver's answer. */
function answered(
  patienceMilliseconds: number | null,
  ask: (done: (error: unknown, result: unknown) => void) => void,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const givingUp =
      patienceMilliseconds === null
        ? null
        : setTimeout(() => reject(new ConnectionFailure('unknown', new Error('no answer'))), patienceMilliseconds)
    const end = (): void => {
      if (givingUp !== null) clearTimeout(givingUp)
    }
    try {
      ask((error, result) => {
        end()
        if (error) reject(failureOf(error, 'unknown'))
        else resolve(result)
      })
    } catch (error) {
      end()
      // Half of it may be on its way.
      reject(new ConnectionFailure('unknown', error))
    }
  })
}

function outcomeOf(result: unknown): Outcome {
  // The driver gives a list of rows, or an object about what was done.
  if (Array.isArray(result)) return { rows: result as readonly Row[], changes: 0, id: null }
  const { affectedRows, insertId } = result as MysqlOutcome
  // Keys that the application brings are text, and no number is drawn for them.
  return { rows: [], changes: affectedRows, id: DECODERS.number(insertId) || null }
}
