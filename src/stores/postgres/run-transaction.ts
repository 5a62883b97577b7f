import type { AtomicStep, StepAnswer, StepRequest } from '../sql/atomic-step.ts'
import { ConnectionFailure } from '../sql/connection-failure.ts'
import { driveStep } from '../sql/drive-step.ts'
import type { Statement } from '../sql/statements.ts'
import type { Connection } from './pg-connections.ts'
import type { PgResult } from './pg-pool.ts'

/** Runs a step from `begin` to `COMMIT`, or undoes it. */
export async function runTransaction<T>(connection: Connection, begin: string, step: AtomicStep<T>): Promise<T> {
  await start(connection, begin)
  try {
    const result = await driveStep(step, answers(connection))
    const outcome = await connection.control('COMMIT')
    if (outcome !== 'COMMIT') throw new Error(`the database answered COMMIT with ${outcome}`)
    return result
  } catch (error) {
    // Where the connection is gone, the server undoes it by itself.
    if (!(error instanceof ConnectionFailure)) await undo(connection)
    throw error
  }
}

/** A connection that cannot even do this must not be used again. */
async function undo(connection: Connection): Promise<void> {
  try {
    await connection.control('ROLLBACK')
  } catch (error) {
    throw error instanceof ConnectionFailure ? error : new ConnectionFailure('unknown', error)
  }
}

/** Until a transaction has begun nothing can have happened in it. */
async function start(connection: Connection, begin: string): Promise<void> {
  try {
    await connection.control(begin)
  } catch (error) {
    throw error instanceof ConnectionFailure ? new ConnectionFailure('unsent', error.cause) : error
  }
}

/** Answers the requests of one transaction. */
function answers(connection: Connection): (request: StepRequest) => Promise<StepAnswer> {
  let transaction: unknown = null
  async function runScript(text: string): Promise<StepAnswer> {
    transaction ??= await connection.runText(WHICH_TRANSACTION)
    // Only the transaction's own number tells: a script may end one and begin another.
    const after = await connection.runText(`${text}\n;${WHICH_TRANSACTION}`)
    if (after !== transaction) throw new Error('the script ended the transaction it runs in')
    return { rows: [], changes: 0, id: null }
  }
  return async (request) => {
    if (request.kind === 'script') return runScript(request.text)
    const { statement, values } = request
    return readAnswer(await connection.run(statement, values), statement.gives)
  }
}

const WHICH_TRANSACTION = 'SELECT pg_catalog.txid_current()'

function readAnswer({ rows, rowCount }: PgResult, gives: Statement['gives']): StepAnswer {
  const id = gives === 'id' ? rows[0]?.[0] : null
  // Keys that the application brings are text; only numbers are drawn.
  return { rows, changes: rowCount ?? 0, id: typeof id === 'number' ? id : null }
}
