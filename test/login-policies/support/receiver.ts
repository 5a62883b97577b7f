import { createHmac, timingSafeEqual } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** One request that arrived. */
export interface Received {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly event: {
    readonly type: string
    readonly timestamp: string
    readonly data: Readonly<Record<string, unknown>>
  }
}

/** A real server that events are sent to. */
export interface Receiver {
  readonly url: string
  readonly received: readonly Received[]
  /** Resolves once so many have arrived. */
  arrived(count: number): Promise<readonly Received[]>
  close(): Promise<void>
}

/** What is answered to the first request, the second, and so on; the last answer repeats. @default 204 */
export type Answers = readonly (number | ((response: ServerResponse) => void))[]

export async function startReceiver(answers: Answers = [204]): Promise<Receiver> {
  const received: Received[] = []
  const arrivals = new EventEmitter()
  const server = createServer(async (request, response) => {
    const body = await text(request)
    received.push({ method: request.method ?? '', headers: request.headers, body, event: JSON.parse(body) })
    respond(response, answers[received.length - 1] ?? answers.at(-1))
    arrivals.emit('arrival')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    async arrived(count) {
      while (received.length < count) await once(arrivals, 'arrival')
      return received
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function respond(response: ServerResponse, answer: Answers[number] = 204): void {
  if (typeof answer === 'function') answer(response)
  else response.writeHead(answer, { location: '/elsewhere' }).end()
}

/** Verifies as the libraries of Standard Webhooks do: every signature in the header may be the one. */
export function isSigned({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const expected = createHmac('sha256', key).update(signed).digest()
  return String(headers['webhook-signature'])
    .split(' ')
    .some((signature) => {
      const [version, text = ''] = signature.split(',')
      const given = Buffer.from(text, 'base64')
      return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
    })
}
