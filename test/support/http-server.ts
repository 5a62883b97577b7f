import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type FetchHandler, toNodeListener } from '../../src/hosts/node.ts'

/** A real HTTP server on loopback. */
export interface HttpServer {
  readonly origin: string
  readonly port: number
  /** From now on this answers. Before, everything is a 503. */
  answerWith(handler: FetchHandler): void
  close(): Promise<void>
}

/** Listens at once, because who answers often has to know the address first. */
export async function httpServer(): Promise<HttpServer> {
  let current: FetchHandler = () => new Response(null, { status: 503 })
  const server = createServer(toNodeListener((request, peer) => current(request, peer)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    answerWith(handler) {
      current = handler
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
