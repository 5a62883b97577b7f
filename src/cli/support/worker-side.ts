import cluster from 'node:cluster'
import type { Socket } from 'node:net'
import process from 'node:process'
import type { Logger } from '../../contracts/logger.ts'
import { STOP_SIGNALS } from './stop-signal.ts'
import type { WorkerMessage, WorkerOrder } from './worker-messages.ts'

/** One of several processes that serve together, as it sees itself. */
export interface WorkerSide {
  /** Resolves when there will be no further connections, because the other process has said so. */
  readonly stopped: Promise<string>
  /** The logger, with which worker it was in each line. */
  named(logger: Logger): Logger
  /** Tells that it is ready, and from then on hands it every connection. */
  begin(message: WorkerMessage, take: (connection: Socket) => void): void
  /** Lets go of the process that has started it; nothing else keeps this one alive then. */
  leave(): void
}

/** `null` where this process was not started by another one of the same program. */
export function workerSide(): WorkerSide | null {
  const { worker } = cluster
  if (worker === undefined) return null
  const tell = (message: WorkerMessage): void => void worker.send(message)
  let take = (connection: Socket): void => void connection.destroy()
  process.title = `portress worker ${worker.id}`
  const { promise, resolve } = Promise.withResolvers<string>()
  process.on('message', (order: WorkerOrder, connection?: Socket) => {
    if (order.kind === 'stop') return resolve(order.kind)
    tell({ kind: 'taken', number: order.number })
    // One whose client is gone already arrives as nothing.
    if (connection) take(connection)
  })
  // What is on its way already comes before the answer to this. At a terminal a signal comes to all processes at once, and
  // then by way of the one that has started this, which ends those that it does not want to wait for.
  for (const signal of STOP_SIGNALS) process.on(signal, () => tell({ kind: 'leaving' }))
  return {
    stopped: promise,
    named: (logger) => withFields(logger, { worker: worker.id, pid: process.pid }),
    begin(message, takeThese) {
      take = takeThese
      tell(message)
    },
    leave: () => void worker.disconnect(),
  }
}

function withFields({ debug, info, warn, error }: Logger, fields: object): Logger {
  const adding = (write: Logger['info']) => (given: object, message: string) => write({ ...fields, ...given }, message)
  return { debug: adding(debug), info: adding(info), warn: adding(warn), error: adding(error) }
}
