import { once } from 'node:events'
import { connect } from 'node:net'

export interface Answer {
  readonly status: number
  /** Head and body. */
  readonly text: string
}

/** One keep-alive connection with at most one request under way. */
export interface HttpConnection {
  exchange(request: Buffer): Promise<Answer>
  close(): void
}

export async function openConnection(port: number): Promise<HttpConnection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  let waiting: PromiseWithResolvers<Answer> | null = null
  let received = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    received += chunk
    if (!isWhole(received)) return
    const answer = { status: Number(received.slice(9, 12)), text: received }
    received = ''
    waiting?.resolve(answer)
  })
  const fail = (error?: Error) => waiting?.reject(error ?? new Error('The server closed the connection.'))
  socket.on('error', fail)
  socket.on('close', () => fail())
  return {
    exchange(request) {
      waiting = Promise.withResolvers<Answer>()
      socket.write(request)
      return waiting.promise
    },
    close: () => socket.destroy(),
  }
}

/** RFC 9112 §6.3, as far as the servers here go: a length, chunks, or no body at all. */
function isWhole(received: string): boolean {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd < 0) return false
  // §7.1: the chunk without a length is the last one. No body here has one inside.
  if (/\r\ntransfer-encoding: chunked\r\n/i.test(received)) return received.endsWith('\r\n0\r\n\r\n')
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(received)?.[1]
  return received.length >= headEnd + 4 + Number(length ?? 0)
}
