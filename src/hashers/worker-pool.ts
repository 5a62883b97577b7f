import type { Worker } from 'node:worker_threads'

export interface WorkerPoolOptions {
  /** How many workers there may be. */
  readonly size: number
  /** Makes a worker that answers each message with exactly one message. */
  readonly newWorker: () => Worker
}

/** Threads that do one job at a time each. None exists before the first job; none that idles keeps the process alive. */
export interface WorkerPool<Job, Reply> {
  /** Whether a job handed over now would start at once. */
  hasRoom(): boolean
  /** Call it only while there is room. Rejects when the worker ends before it has answered; its place is free then. */
  run(job: Job): Promise<Reply>
  /** Ends every worker, whatever it does. */
  close(): Promise<void>
}

export function workerPool<Job, Reply>({ size, newWorker }: WorkerPoolOptions): WorkerPool<Job, Reply> {
  const alive = new Set<Worker>()
  const idle = new Set<Worker>()

  function start(): Worker {
    const worker = newWorker()
    alive.add(worker)
    // These listeners come before those of `exchange`, so a dead worker is never given back to the idle ones.
    // The one for `error` also has to be there while the worker idles: unheard, the error would end the process.
    worker.on('error', () => forget(worker))
    worker.on('exit', () => forget(worker))
    return worker
  }

  function forget(worker: Worker): void {
    alive.delete(worker)
    idle.delete(worker)
  }

  return {
    hasRoom: () => idle.size > 0 || alive.size < size,
    async run(job) {
      const [worker = start()] = idle
      idle.delete(worker)
      worker.ref()
      try {
        return await exchange<Job, Reply>(worker, job)
      } finally {
        worker.unref()
        if (alive.has(worker)) idle.add(worker)
      }
    },
    async close() {
      await Promise.all([...alive].map((worker) => worker.terminate()))
    },
  }
}

function exchange<Job, Reply>(worker: Worker, job: Job): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const fail = (cause?: unknown) => reject(new Error('A worker ended before it had answered.', { cause }))
  const onExit = (exitCode: number) => fail({ exitCode })
  worker.once('message', resolve)
  worker.once('error', fail)
  worker.once('exit', onExit)
  worker.postMessage(job)
  return promise.finally(() => {
    worker.off('message', resolve)
    worker.off('error', fail)
    worker.off('exit', onExit)
  })
}
