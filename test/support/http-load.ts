import { Agent, request as sendRequest } from 'node:http'

export interface LoadCall {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object
}

export interface LoadAnswer {
  readonly call: LoadCall
  /** `0` where there was none. */
  readonly status: number
  readonly text: string
  /** Why there was no answer. */
  readonly failure: string | null
}

export interface LoadOptions {
  readonly url: string
  readonly clients: number
  readonly nextCall: (client: number) => LoadCall
  /** `false`: a connection for each request. @default true */
  readonly keepsConnections?: boolean
  /** What ends a client: nobody lets it in any more, or the end of the test. @default 'ECONNREFUSED' */
  readonly endsAt?: 'ECONNREFUSED' | AbortSignal
}

/** Clients that ask again as soon as they have an answer. Resolves with all answers once every client has ended. */
export async function httpLoad({ url, clients, nextCall, ...options }: LoadOptions): Promise<readonly LoadAnswer[]> {
  const { keepsConnections = true, endsAt = 'ECONNREFUSED' } = options
  const answers: LoadAnswer[] = []
  const run = async (client: number): Promise<void> => {
    const agent = new Agent({ keepAlive: keepsConnections, maxSockets: 1 })
    while (endsAt === 'ECONNREFUSED' || !endsAt.aborted) {
      const answer = await sendCall(url, nextCall(client), agent)
      if (answer.failure === endsAt) break
      answers.push(answer)
      if (answer.failure !== null) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    agent.destroy()
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => run(client)))
  return answers
}

/** One request, whatever becomes of it. */
export function sendCall(url: string, call: LoadCall, agent: Agent = new Agent()): Promise<LoadAnswer> {
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException): void =>
      resolve({ call, status: 0, text: '', failure: error.code ?? error.message })
    const headers = { 'content-type': 'application/json', ...call.headers }
    const outgoing = sendRequest(url + call.path, { agent, method: call.method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.once('end', () => resolve({ call, status: response.statusCode ?? 0, text, failure: null }))
      response.once('error', fail)
    })
    outgoing.once('error', fail)
    outgoing.end(call.body === undefined ? undefined : JSON.stringify(call.body))
  })
}
