import cluster, { type Worker } from 'node:cluster'
import type { Banner } from './banner.ts'
import type { ExitCode } from './stop.ts'
import type { WorkerMessage } from './worker-messages.ts'

/** A new worker. */
export interface ForkedWorker {
  readonly worker: Worker
  /** What it has become: ready, or gone before that with this status. */
  readonly outcome: Promise<ExitCode | Banner>
}

export interface ForkOptions {
  /** On which the workers are reached. */
  readonly port: number
  readonly onReady: (worker: Worker) => void
  /** It has the connection of this number. */
  readonly onTaken: (worker: Worker, number: number) => void
  /** It wants to end by itself. */
  readonly onLeaving: (worker: Worker) => void
  readonly onExit: (worker: Worker, exit: WorkerExit) => void
}

export interface WorkerExit {
  readonly wasReady: boolean
  readonly code: number | null
  readonly signal: string | null
  readonly ageMilliseconds: number
}

/** Starts a process with the arguments of this one. */
export function forkWorker({ port, onReady, onTaken, onLeaving, onExit }: ForkOptions): ForkedWorker {
  const worker = cluster.fork({ PORT: String(port) })
  const started = performance.now()
  const outcome = Promise.withResolvers<ExitCode | Banner>()
  let wasReady = false
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'taken') return onTaken(worker, message.number)
    if (message.kind === 'leaving') return onLeaving(worker)
    wasReady = true
    outcome.resolve(message.banner)
    onReady(worker)
  })
  worker.once('exit', (code, signal) => {
    outcome.resolve(code === 2 ? 2 : 1)
    onExit(worker, { wasReady, code, signal, ageMilliseconds: performance.now() - started })
  })
  return { worker, outcome: outcome.promise }
}
