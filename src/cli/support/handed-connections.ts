import type { Worker } from 'node:cluster'
import type { Socket } from 'node:net'
import type { WorkerOrder } from './worker-messages.ts'

/** Who of the workers gets which connection. */
export interface HandedConnections {
  /** Hands it to the next worker; while none is free it waits. */
  hand(connection: Socket): void
  /** From now on the worker gets its share. */
  enlist(worker: Worker): void
  /** The worker has this one, and so this process lets go of it. */
  settle(worker: Worker, number: number): void
  /** The worker gets nothing any more, and is told so behind its last connection. */
  dismiss(worker: Worker): void
  /** The worker is gone: what had not left for it goes to others, and what it may have had in its hands is closed. */
  bury(worker: Worker): void
  /** Closes what waits. */
  drop(): void
}

/** So many connections wait while no worker is free; the oldest of more are closed. */
const MAX_WAITING = 1000

/** A worker that has not taken so many yet gets no more until it does: it may hang. */
const MAX_UNDER_WAY = 100

/** On its way to a worker. */
interface Handing {
  readonly connection: Socket
  isSent: boolean
}

/**
 * Workers get connections in turn.
 *
 * This process keeps each one open until the worker has said that it has it. Node would forget those that are on their way to a
 * worker that dies, without closing them, and their clients would wait.
 */
export function handedConnections(): HandedConnections {
  const ready = turns((worker) => (underWay.get(worker)?.size ?? 0) < MAX_UNDER_WAY)
  const waiting: Socket[] = []
  const underWay = new Map<Worker, Map<number, Handing>>()
  let count = 0

  function hand(connection: Socket): void {
    const worker = ready.next()
    if (worker !== undefined) send(worker, connection)
    else if (waiting.push(connection) > MAX_WAITING) waiting.shift()?.destroy()
  }

  function handWaiting(): void {
    while (waiting.length > 0) {
      const worker = ready.next()
      if (worker === undefined) return
      for (const connection of waiting.splice(0, 1)) send(worker, connection)
    }
  }

  function send(worker: Worker, connection: Socket): void {
    count += 1
    const handing: Handing = { connection, isSent: false }
    const handings = underWay.get(worker) ?? new Map<number, Handing>()
    underWay.set(worker, handings.set(count, handing))
    const order: WorkerOrder = { kind: 'connection', number: count }
    // What could not be sent waits for the burial of the worker.
    worker.process.send?.(order, connection, { keepOpen: true }, (error) => {
      handing.isSent = error === null
    })
  }

  return {
    hand,
    enlist(worker) {
      ready.add(worker)
      handWaiting()
    },
    settle(worker, number) {
      underWay.get(worker)?.get(number)?.connection.destroy()
      underWay.get(worker)?.delete(number)
      handWaiting()
    },
    dismiss(worker) {
      ready.strike(worker)
      if (worker.isConnected()) worker.send({ kind: 'stop' } satisfies WorkerOrder)
    },
    bury(worker) {
      ready.strike(worker)
      const handings = underWay.get(worker)?.values() ?? []
      underWay.delete(worker)
      for (const { connection, isSent } of handings) {
        if (isSent) connection.destroy()
        else hand(connection)
      }
    },
    drop() {
      for (const connection of waiting.splice(0)) connection.destroy()
    },
  }
}

interface Turns {
  add(worker: Worker): void
  strike(worker: Worker): void
  /** Of those that are free the one whose turn is longest ago. */
  next(): Worker | undefined
}

function turns(isFree: (worker: Worker) => boolean): Turns {
  const inTurn = new Set<Worker>()
  return {
    add: (worker) => void inTurn.add(worker),
    strike: (worker) => void inTurn.delete(worker),
    next() {
      const worker = [...inTurn].find(isFree)
      if (worker === undefined) return undefined
      inTurn.delete(worker)
      inTurn.add(worker)
      return worker
    },
  }
}
