import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { correctedReply } from './ferretdb-corrections.ts'
import { commandName, databaseName, messageReader } from './mongo-messages.ts'

/** Stands in front of a server that speaks MongoDB's protocol. */
export interface MongoFront {
  readonly port: number
  /**
   * After so many more commands that write have been answered by the server, every connection is cut without the last answer.
   * `crash`: no new one is taken, as if the machine of the client had gone. Tells how many there really were once it is lifted.
   */
  cutAfterWrites(count: number, kind?: 'crash' | 'lost answer'): { lift(): number }
  /** Cuts every connection; new ones are taken. */
  cutConnections(): void
  /** Answers nothing until the work is over. */
  during<T>(work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * Hands one command at a time for each database to the server, whichever connection it comes over. MongoDB changes a document in one step;
 * FerretDB 1 reads it, changes it by itself and writes it back, which this makes one step. Commands of several connections and
 * processes still come between each other in any order.
 */
export async function startMongoFront(serverPort: number): Promise<MongoFront> {
  const state: State = {
    sockets: new Set(),
    writesLeft: Number.POSITIVE_INFINITY,
    writes: 0,
    isCut: false,
    isCrash: true,
    held: null,
  }
  const inTurn = takeTurns(state)
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
    cutAfterWrites(count, kind = 'crash') {
      Object.assign(state, { writesLeft: count, writes: 0, isCrash: kind === 'crash' })
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
      state.held = over.promise
      try {
        return await work()
      } finally {
        state.held = null
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
  isCrash: boolean
  /** Comes true when commands are handed on again; `null`: they are. */
  held: Promise<void> | null
}

interface Front {
  readonly serverPort: number
  readonly state: State
  readonly inTurn: Turns
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
  const takeRequest = messageReader((request) => void inTurn(databaseName(request), () => exchange(request)))
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
    if (state.writesLeft !== 0) return false
    state.isCut = state.isCrash
    for (const socket of state.sockets) socket.destroy()
    return true
  }
}

type Turns = (database: string, work: () => Promise<void>) => Promise<void>

function takeTurns(state: State): Turns {
  const last = new Map<string, Promise<void>>()
  return (database, work) => {
    const turn = (last.get(database) ?? Promise.resolve()).then(() => state.held).then(work)
    last.set(database, turn)
    return turn
  }
}

async function closeServer(server: Server, cut: () => void): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  cut()
  await closed
}
