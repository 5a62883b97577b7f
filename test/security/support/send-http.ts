import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { type Answer, readAnswer } from './answer.ts'

/** One request over a connection of its own. */
export interface HttpCall {
  readonly port: number
  readonly method: string
  /** As it is sent, with the mount. */
  readonly path: string
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
}

export async function sendHttp(call: HttpCall): Promise<Answer> {
  const [answer] = await race([call])
  if (answer === undefined) throw new Error('there is no answer')
  return answer
}

/**
 * Sends many requests at once: every connection is open and all but the last byte is sent before the first last byte
 * is. Resolves with the answers in the same order.
 */
export async function race(calls: readonly HttpCall[]): Promise<readonly Answer[]> {
  const started = calls.map(start)
  await Promise.all(started.map(({ isHeld }) => isHeld))
  for (const { release } of started) release()
  return Promise.all(started.map(({ answer }) => answer))
}

interface StartedCall {
  readonly isHeld: Promise<void>
  readonly release: () => void
  readonly answer: Promise<Answer>
}

function start({ port, method, path, body, headers = {} }: HttpCall): StartedCall {
  const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body))
  const withBody = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': bytes.length }
  const client = request({
    host: '127.0.0.1',
    port,
    method,
    path,
    agent: false,
    headers: { ...headers, ...withBody },
  })
  const answer = answerOf(client)
  // Judged where it is awaited; until then nobody listens.
  answer.catch(() => undefined)
  if (bytes.length === 0) return { isHeld: Promise.resolve(), release: () => client.end(), answer }
  const isHeld = new Promise<void>((resolve) => client.write(bytes.subarray(0, -1), () => resolve()))
  return {
    isHeld: Promise.race([isHeld, answer.then(() => undefined)]),
    release: () => client.end(bytes.subarray(-1)),
    answer,
  }
}

function answerOf(client: ClientRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    client.on('error', reject)
    client.on('response', (response) => {
      toAnswer(response).then(resolve, reject)
    })
  })
}

async function toAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(response.headersDistinct)) {
    for (const value of values) headers.append(name, value)
  }
  const status = response.statusCode ?? 0
  return readAnswer(new Response(status === 204 ? null : Buffer.concat(chunks), { status, headers }))
}
