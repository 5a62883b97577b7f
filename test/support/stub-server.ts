import { type HttpServer, httpServer } from './http-server.ts'

/** What a stub was asked. */
export interface StubCall {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Headers
  readonly body: string
}

/** A local server that answers as the test says, and remembers what it was asked. */
export interface StubServer {
  readonly origin: string
  readonly calls: StubCall[]
  /** From now on `path` is answered so; a path without an answer is a 404. */
  answer(path: string, handler: StubAnswer): void
  /** Forgets calls and answers. */
  reset(): void
  close(): Promise<void>
}

/** An object is sent as JSON with 200. */
export type StubAnswer = Response | object | ((call: StubCall) => Response | object | Promise<Response | object>)

export async function stubServer(): Promise<StubServer> {
  const server: HttpServer = await httpServer()
  const answers = new Map<string, StubAnswer>()
  const calls: StubCall[] = []
  server.answerWith(async (request) => {
    const url = new URL(request.url)
    const call = {
      method: request.method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body: await request.text(),
    }
    calls.push(call)
    const answer = answers.get(url.pathname)
    const made = typeof answer === 'function' ? await answer(call) : answer
    if (made === undefined) return Response.json({ message: 'Not Found' }, { status: 404 })
    return isResponse(made) ? made.clone() : Response.json(made)
  })
  return {
    origin: server.origin,
    calls,
    answer: (path, handler) => void answers.set(path, handler),
    reset() {
      answers.clear()
      calls.length = 0
    },
    close: () => server.close(),
  }
}

/** By its shape: the host replaces the global class, so one that was made before is no instance of it. */
function isResponse(made: object): made is Response {
  return 'clone' in made && 'status' in made
}
