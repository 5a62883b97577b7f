import type { AtomicStep, StepAnswer, StepRequest } from '../sql/atomic-step.ts'
import { ConnectionFailure } from '../sql/connection-failure.ts'
import { driveStep } from '../sql/drive-step.ts'
import type { Connection } from './mysql-connection.ts'

/** Runs a step between the statements of `begin` and `COMMIT`, or undoes it. */
export async function runTransaction<T>(
  connection: Connection,
  begin: readonly string[],
  step: AtomicStep<T>,
): Promise<T> {
  await start(connection, begin)
  try {
    const result = await driveStep(step, (request) => answer(connection, request))
    await connection.control('COMMIT')
    return result
  } catch (error) {
    // Where the connection is gone, the server undoes it by itself.
    if (!(error instanceof ConnectionFailure)) await undo(connection)
    throw error
  }
}

/** A connection that cannot even do this must not be used again; one that has run a script is closed in any case. */
async function undo(connection: Connection): Promise<void> {
  try {
    await connection.control('ROLLBACK')
  } catch (error) {
    if (connection.isSpent) return
    throw error instanceof ConnectionFailure ? error : new ConnectionFailure('unknown', error)
  }
}

/** Until a transaction has begun nothing can have happened in it. */
async function start(connection: Connection, begin: readonly string[]): Promise<void> {
  try {
    for (const statement of begin) await connection.control(statement)
  } catch (error) {
    throw error instanceof ConnectionFailure ? new ConnectionFailure('unsent', error.cause) : error
  }
}

async function answer(connection: Connection, request: StepRequest): Promise<StepAnswer> {
  if (request.kind === 'statement') return connection.run(request.statement, request.values)
  await connection.runScript(request.text)
  return { rows: [], changes: 0, id: null }
}
