import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '../../contracts/logger.ts'
import type { Application } from './application.ts'
import type { HttpServer } from './http-server.ts'
import type { ExitCode } from './stop.ts'

/** How long accepted requests may take after a signal; most supervisors kill after 30 s. */
const DRAIN_MILLISECONDS = 25_000

/** How long mails under way may take after that; what is not sent by then stays in the outbox. */
const FLUSH_MILLISECONDS = 4_000

/** After so long a process that serves has ended, one way or the other. */
export const SHUT_DOWN_MILLISECONDS: number = DRAIN_MILLISECONDS + FLUSH_MILLISECONDS + 750

export interface Running {
  readonly application: Application
  readonly server: HttpServer
  readonly logger: Logger
}

/** Finishes what has arrived, then lets go of everything. */
export async function shutDown({ application, server, logger }: Running): Promise<ExitCode> {
  const isDrained = await server.drain(DRAIN_MILLISECONDS)
  if (!isDrained) logger.warn({ seconds: DRAIN_MILLISECONDS / 1000 }, 'some requests took too long and were cut off')
  const closed = application.auth.close().then(() => true)
  const isClosed = await Promise.race([closed, delay(FLUSH_MILLISECONDS, false, { ref: false })])
  if (!isClosed) logger.warn({}, 'some mails could not be handed over; they stay in the outbox for the next start')
  // Where the application's own file left something open, the process would never end by itself.
  setTimeout(() => process.exit(), 500).unref()
  return isDrained ? 0 : 1
}
