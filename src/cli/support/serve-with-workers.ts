import { sqliteLocation } from '../../stores/sqlite/sqlite-location.ts'
import { type Application, assertLocksKept, assertMigrated } from './application.ts'
import type { Banner } from './banner.ts'
import { isOnServer } from './embedded-store.ts'
import type { Preparation } from './prepare-application.ts'
import { SHUT_DOWN_MILLISECONDS } from './shut-down.ts'
import { stderrLogger } from './stderr-logger.ts'
import { type ExitCode, Stop } from './stop.ts'
import { stopSignal } from './stop-signal.ts'
import type { Terminal } from './terminal.ts'
import { workerPrimary } from './worker-primary.ts'

export interface WithWorkers {
  readonly count: number
  readonly terminal: Terminal
  readonly announce: (banner: Banner, terminal: Terminal) => void
}

/**
 * Has several processes serve together: brings the database up to date, starts them, speaks for them, starts again what ends,
 * and has all of them finish when it is told to stop.
 *
 * @throws {Stop} 1 or 2 where they could not serve
 */
export async function serveWithWorkers(
  preparation: Preparation,
  { count, terminal, announce }: WithWorkers,
): Promise<ExitCode> {
  const stopped = stopSignal()
  preparation.assertStartable()
  assertShared(preparation)
  const logger = stderrLogger(preparation.environment.logLevel ?? 'info')
  const { environment } = preparation
  // Before anything is opened, so that a second start on the same port does no harm.
  const workers = await workerPrimary(environment, logger)
  await prepare(preparation).catch(async (error: unknown) => {
    await workers.stop(0)
    throw error
  })
  const outcome = await Promise.race([workers.start(count), stopped])
  if (typeof outcome === 'number') return await endAfter(workers.stop(SHUT_DOWN_MILLISECONDS), outcome)
  if (typeof outcome === 'string') return await workers.stop(SHUT_DOWN_MILLISECONDS)
  announce({ ...outcome, workers: count }, terminal)
  const signal = await Promise.race([stopped, workers.failed])
  if (signal === undefined) {
    terminal.complain('Workers end before they serve, again and again; what they wrote above says why.')
    return await endAfter(workers.stop(SHUT_DOWN_MILLISECONDS), 1)
  }
  logger.info({ signal, workers: count }, 'every worker finishes what has arrived')
  return await workers.stop(SHUT_DOWN_MILLISECONDS)
}

async function endAfter(work: Promise<unknown>, status: ExitCode): Promise<ExitCode> {
  await work
  return status
}

/** @throws {Stop} 2 where each process would have a database of its own */
function assertShared({ configFile, environment: { database } }: Preparation): void {
  if (configFile !== null || isOnServer(database) || sqliteLocation(database).kind === 'file') return
  throw new Stop(
    2,
    'PORTRESS_DATABASE is in memory, and each worker would have one of its own; give a file, or leave --workers out',
  )
}

/** What only one needs to do, and what keeps all from starting: said once, and before there are any. */
async function prepare(preparation: Preparation): Promise<void> {
  const { environment } = preparation
  // Each worker writes down again what is dangerous.
  const logger = stderrLogger('error')
  let application: Application | undefined
  try {
    application = preparation.open({ logger, port: environment.port })
    await assertMigrated(application)
    await assertLocksKept(application)
  } finally {
    await application?.auth.close()
  }
}
