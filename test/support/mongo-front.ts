import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { correctedReply } from './ferretdb-corrections.ts'
import { commandName, messageReader } from './mongo-messages.ts'

/** Stands in front of a server that speaks MongoDB's protocol. */
export interface MongoFront {
  readonly port: number
  /**
   * After so many more commands that write have been answered by the server, every connection is cut without the last answer, and
   * no new one is taken: as if the machine of the client had gone. Tells how many there really were once it is lifted.
   */
  cutAfterWrites(count: number): { lift(): number }
  /** Cuts every connection; new ones are taken. */
  cutConnections(): void
  /** Answers nothing until the work is over. */
  during<T>(work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * Hands one command at a time to the server, whichever connection it comes over. MongoDB changes a document in one step;
 * FerretDB 1 reads it, changes it by itself and writes it back, which this makes one step. Commands of several connections and
 * processes still come between each other in any order.
 */
export async function startMongoFront(serverPort: number): Promise<MongoFront> {
  const state: State = { sockets: new Set(), writesLeft: Number.POSITIVE_INFINITY, writes: 0, isCut: false }
  const inTurn = takeTurns()
  const server = createServer((client) => {
    if (state.isCut) client.destroy()
    else serve(client, { serverPort, state, inTurn })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const socket of state.sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    cutAfterWrites(count) {
      Object.assign(state, { writesLeft: count, writes: 0 })
      return {
        lift() {
          Object.assign(state, { writesLeft: Number.POSITIVE_INFINITY, isCut: false })
          return state.writes
        },
      }
    },
    cutConnections: cut,
    async during(work) {
      const over = Promise.withResolvers<void>()
      void inTurn(() => over.promise)
      try {
        return await work()
      } finally {
        over.resolve()
      }
    },
    close: () => closeServer(server, cut),
  }
}

interface State {
  readonly sockets: Set<Socket>
  writesLeft: number
  writes: number
  isCut: boolean
}

interface Front {
  readonly serverPort: number
  readonly state: State
  readonly inTurn: (work: () => Promise<void>) => Promise<void>
}

const WRITES: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'findAndModify'])

function serve(client: Socket, { serverPort, state, inTurn }: Front): void {
  const upstream = connect(serverPort, '127.0.0.1')
  let answer: (reply: Buffer | null) => void = () => undefined
  const end = () => {
    client.destroy()
    upstream.destroy()
    state.sockets.delete(client)
    answer(null)
  }
  state.sockets.add(client)
  for (const socket of [client, upstream]) {
    socket.setNoDelay(true)
    socket.on('error', end)
    socket.on('close', end)
  }
  const takeReply = messageReader((reply) => answer(reply))
  const takeRequest = messageReader((request) => void inTurn(() => exchange(request)))
  upstream.on('data', takeReply)
  client.on('data', takeRequest)
  async function exchange(request: Buffer): Promise<void> {
    if (client.destroyed || upstream.destroyed) return
    const answered = Promise.withResolvers<Buffer | null>()
    answer = answered.resolve
    upstream.write(request)
    const reply = await answered.promise
    const name = commandName(request)
    if (reply !== null && !isLastWrite(name)) client.write(correctedReply(name, reply))
  }
  function isLastWrite(name: string): boolean {
    if (state.isCut) return true
    if (!WRITES.has(name)) return false
    state.writes += 1
    state.writesLeft -= 1
    if (state.writesLeft > 0) return false
    state.isCut = true
    for (const socket of state.sockets) socket.destroy()
    return true
  }
}

function takeTurns(): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  return (work) => {
    last = last.then(work)
    return last
  }
}

async function closeServer(server: Server, cut: () => void): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  cut()
  await closed
}
