import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { Answer } from './answer.ts'
import { ORIGIN, type SendOptions, type Site } from './open-site.ts'
import { type HttpCall, sendHttp } from './send-http.ts'
import type { AskedFor, Question, ServerMessage, ServerSettings } from './server-messages.ts'

/** A server in a process of its own. */
export interface ServerProcess {
  readonly port: number
  /** `path` is below `/api`. */
  post(path: string, body: object, headers?: Readonly<Record<string, string>>): Promise<Answer>
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** As a site in this process is asked: `POST /login`, with a credential. */
  readonly row: Site['send']
  ask<Q extends Question>(question: Q): Promise<AskedFor<Q>>
  /** Ends it as a crash does; resolves once it is gone. */
  kill(): Promise<void>
}

const CHILD = fileURLToPath(new URL('./server-process.ts', import.meta.url))

/** Starts a server and resolves once it listens. It ends with the test at the latest. */
export async function startServer(settings: ServerSettings): Promise<ServerProcess> {
  const child = fork(CHILD, [JSON.stringify(settings)], { serialization: 'advanced', execArgv: [] })
  const kill = (): Promise<void> => killed(child)
  onTestFinished(kill)
  const port = await portOf(child)
  const send = (call: Omit<HttpCall, 'port'>): Promise<Answer> => sendHttp({ ...call, port })
  return {
    port,
    row: (row, options = {}) => send(callOf(row, options)),
    post: (path, body, headers = {}) => send({ method: 'POST', path: `/api${path}`, body, headers }),
    get: (path, headers = {}) => send({ method: 'GET', path: `/api${path}`, headers }),
    ask: asker(child),
    kill,
  }
}

/** Two servers on one database, started at the same moment, as a restart of all processes does. */
export function startPair(settings: ServerSettings): Promise<[ServerProcess, ServerProcess]> {
  return Promise.all([startServer(settings), startServer(settings)])
}

function callOf(row: string, { body, headers = {}, token, cookie }: SendOptions): Omit<HttpCall, 'port'> {
  const [method = 'GET', path = '/'] = row.split(' ')
  return {
    method,
    path: `/api${path}`,
    ...(typeof body === 'object' && body !== null ? { body } : {}),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(cookie === undefined ? {} : { cookie, origin: ORIGIN }),
      ...headers,
    },
  }
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: ServerMessage) => {
      if (message.kind === 'ready') resolve(message.port)
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened`)))
  })
}

function asker(child: ChildProcess): ServerProcess['ask'] {
  let count = 0
  return (question) => {
    count += 1
    const number = count
    return new Promise((resolve, reject) => {
      const hear = (message: ServerMessage): void => {
        if (message.kind === 'ready' || message.number !== number) return
        child.off('message', hear)
        if (message.kind === 'failure') reject(new Error(message.text))
        // The process answers each question with what the question asks for.
        else resolve(message.value as AskedFor<typeof question>)
      }
      child.on('message', hear)
      child.send({ number, question })
    })
  }
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}
