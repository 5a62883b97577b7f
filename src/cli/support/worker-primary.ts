import type { Worker } from 'node:cluster'
import { createServer, type Server } from 'node:net'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '../../contracts/logger.ts'
import type { Banner } from './banner.ts'
import { forkWorker, type WorkerExit } from './forked-worker.ts'
import { type HandedConnections, handedConnections } from './handed-connections.ts'
import { type Address, listen, placeOf } from './http-server.ts'
import type { ExitCode } from './stop.ts'

/** The processes that serve together, as the one that starts them sees them. */
export interface WorkerPrimary {
  /** Starts the first, and then the others. The status with which one of them has ended instead, or what they are. */
  start(count: number): Promise<ExitCode | Banner>
  /** Resolves only where there is nothing to be hoped for any more: workers end before they serve, again and again. */
  readonly failed: Promise<void>
  /** Has all of them finish what has arrived, and tells how that went. */
  stop(limitMilliseconds: number): Promise<ExitCode>
}

/** So often in a row a worker may end before it serves. */
const MAX_VAIN_STARTS = 5

/** A worker that served for so long has not died of its start. */
const SETTLED_MILLISECONDS = 30_000

const FIRST_PAUSE_MILLISECONDS = 250

const LONGEST_PAUSE_MILLISECONDS = 10_000

/**
 * Listens, and hands each connection to the next worker. It reads nothing of it and holds nothing of what workers hold.
 *
 * A worker is told to stop by the same channel by which it is handed connections, and only after this process accepts no more
 * of them: so whatever was accepted comes to somebody who still answers. Node's own ways of sharing a port have moments in
 * which nobody does.
 *
 * @throws {Stop} 1 where the address is taken or not to be had
 */
export async function workerPrimary(address: Address, logger: Logger): Promise<WorkerPrimary> {
  const failed = Promise.withResolvers<void>()
  const alive = new Set<Worker>()
  const connections = handedConnections()
  let isStopping = false
  let restartPause = 0
  const tryAgain = async (): Promise<boolean> => typeof (await fork()) === 'object'
  const replace = replacement({ tryAgain, isStopping: () => isStopping, logger, giveUp: failed.resolve })
  const server = handingServer(connections)
  await listen(server, address)
  const { url, port } = placeOf(server, address.host)
  killWithThisProcess(alive)

  async function fork(): Promise<ExitCode | Banner> {
    const { worker, outcome } = forkWorker({
      port,
      onReady,
      onTaken: connections.settle,
      onLeaving: connections.dismiss,
      onExit,
    })
    alive.add(worker)
    const became = await outcome
    return typeof became === 'object' ? { ...became, url } : became
  }

  function onReady(worker: Worker): void {
    if (isStopping) connections.dismiss(worker)
    else connections.enlist(worker)
  }

  function onExit(worker: Worker, { wasReady, code, signal, ageMilliseconds }: WorkerExit): void {
    alive.delete(worker)
    connections.bury(worker)
    if (isStopping || !wasReady) return
    const { pid } = worker.process
    logger.error({ worker: worker.id, pid, code, signal }, 'a worker has ended; another one is started')
    restartPause = ageMilliseconds < SETTLED_MILLISECONDS ? longerPause(restartPause) : 0
    void replace(restartPause)
  }

  return {
    failed: failed.promise,
    async start(count) {
      // One alone first: what keeps it from starting is said once.
      const first = await fork()
      if (typeof first !== 'object') return first
      const others = await Promise.all(Array.from({ length: count - 1 }, fork))
      return others.find((outcome) => typeof outcome !== 'object') ?? first
    },
    async stop(limitMilliseconds) {
      isStopping = true
      // By then it has accepted what the system had ready for it.
      await new Promise((resolve) => setImmediate(resolve))
      server.close()
      connections.drop()
      const over = endOfAll([...alive], limitMilliseconds)
      for (const worker of alive) connections.dismiss(worker)
      const status = await over
      connections.drop()
      return status
    },
  }
}

function handingServer(connections: HandedConnections): Server {
  return createServer({ pauseOnConnect: true, noDelay: true }, (connection) => {
    // Its client may be gone by now.
    connection.on('error', () => connection.destroy())
    connections.hand(connection)
  })
}

interface Replacement {
  /** Tells whether the new one serves. */
  readonly tryAgain: () => Promise<boolean>
  readonly isStopping: () => boolean
  readonly giveUp: () => void
  readonly logger: Logger
}

/** Starts another worker after a pause, and after longer ones where it ends before it serves. */
function replacement({ tryAgain, isStopping, giveUp, logger }: Replacement): (firstPause: number) => Promise<void> {
  let vainStarts = 0
  return async (firstPause) => {
    for (let pause = firstPause; ; pause = longerPause(pause)) {
      await delay(pause)
      if (isStopping()) return
      if (await tryAgain()) {
        vainStarts = 0
        return
      }
      vainStarts += 1
      logger.error({ tries: vainStarts }, 'a worker has ended before it served')
      if (vainStarts >= MAX_VAIN_STARTS) return giveUp()
    }
  }
}

const longerPause = (pause: number): number =>
  Math.min(Math.max(FIRST_PAUSE_MILLISECONDS, pause * 2), LONGEST_PAUSE_MILLISECONDS)

/** However this process ends: nobody is left behind without somebody who would start them again. */
function killWithThisProcess(workers: ReadonlySet<Worker>): void {
  process.once('exit', () => {
    for (const worker of workers) worker.process.kill('SIGKILL')
  })
}

/** 0 where all have ended well. After the limit they are ended. */
async function endOfAll(workers: readonly Worker[], limitMilliseconds: number): Promise<ExitCode> {
  const ends = Promise.all(workers.map(endOf))
  const isOver = await Promise.race([ends, delay(limitMilliseconds, null, { ref: false })])
  if (isOver === null) for (const worker of workers) worker.process.kill('SIGKILL')
  return (await ends).every((code) => code === 0) ? 0 : 1
}

function endOf(worker: Worker): Promise<number | null> {
  return new Promise((resolve) => worker.once('exit', (code) => resolve(code)))
}
