/**
 * Sends requests that were made beforehand, over raw sockets, and reads no more of an answer than its status and
 * length: a client must cost less than what it measures.
 */
import { answerQuestions } from './answer-questions.ts'
import { openConnection } from './http-connection.ts'
import { quantile } from './statistics.ts'

export interface Load {
  readonly port: number
  /** How many keep-alive connections, each with one request under way. */
  readonly connections: number
  /** Whole requests. Each connection takes the next one; after the last comes the first again. */
  readonly requests: readonly string[]
  readonly expectedStatus: number
  readonly until: { readonly answers: number } | { readonly seconds: number }
}

export interface LoadResult {
  readonly answers: number
  readonly seconds: number
  readonly medianMilliseconds: number
  readonly p99Milliseconds: number
  /** The share of a core that this program was busy; near 1 it is what was measured. */
  readonly busy: number
}

/** @throws {Error} at the first answer with another status */
async function send(load: Load): Promise<LoadResult> {
  const next = requestSource(load)
  const began = performance.now()
  const cpuBegan = process.cpuUsage()
  const latencies = await Promise.all(Array.from({ length: load.connections }, () => sendOverOneConnection(load, next)))
  const milliseconds = performance.now() - began
  const { user, system } = process.cpuUsage(cpuBegan)
  const all = latencies.flat()
  return {
    answers: all.length,
    seconds: milliseconds / 1000,
    medianMilliseconds: quantile(all, 0.5),
    p99Milliseconds: quantile(all, 0.99),
    busy: (user + system) / 1000 / milliseconds,
  }
}

/** Gives the next request, or `null` when enough was sent. */
function requestSource({ requests, until }: Load): () => Buffer | null {
  const prepared = requests.map((request) => Buffer.from(request, 'latin1'))
  const end = 'seconds' in until ? performance.now() + until.seconds * 1000 : Number.POSITIVE_INFINITY
  const most = 'answers' in until ? until.answers : Number.POSITIVE_INFINITY
  let sent = 0
  return () => {
    if (sent >= most || performance.now() >= end) return null
    const request = prepared[sent % prepared.length]
    sent += 1
    return request ?? null
  }
}

async function sendOverOneConnection(
  { port, expectedStatus }: Load,
  next: () => Buffer | null,
): Promise<readonly number[]> {
  const latencies: number[] = []
  const connection = await openConnection(port)
  try {
    for (let request = next(); request !== null; request = next()) {
      const began = performance.now()
      const answer = await connection.exchange(request)
      latencies.push(performance.now() - began)
      if (answer.status !== expectedStatus) {
        throw new Error(`The server answered ${answer.status} and not ${expectedStatus}: ${answer.text.slice(0, 600)}`)
      }
    }
    return latencies
  } finally {
    connection.close()
  }
}

const answers = { send }

export type LoadAnswers = typeof answers

answerQuestions(answers)
