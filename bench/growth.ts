import { hasPostgres, startPostgres } from '../test/support/postgres-server.ts'
import { type Bench, startLoad, startServer } from './support/bench.ts'
import type { Child } from './support/child.ts'
import { type Crowd, crowdPostgres, crowdSqlite, crowdToken } from './support/crowd.ts'
import type { LoadAnswers } from './support/load-generator.ts'
import { measureCpu } from './support/measure-cpu.ts'
import { currentUserRequest } from './support/requests.ts'
import type { Row } from './support/row.ts'
import type { ServerAnswers } from './support/server.ts'
import { median } from './support/statistics.ts'

const CONNECTIONS = 32

/** How many different sessions ask, so that no cache holds them by itself. */
const CALLERS = 8192

/** What an authenticated `GET` costs among a million users with five million sessions, against a thousand with ten thousand. */
export async function growth(bench: Bench): Promise<readonly Row[]> {
  const rows = [
    await compare(bench, {
      name: 'SQLite',
      atMost: 1.6,
      async databaseOf(crowd) {
        const path = bench.database()
        crowdSqlite(path, crowd)
        return path
      },
    }),
  ]
  if (!hasPostgres()) return rows
  const postgres = await startPostgres(['shared_buffers=512MB', 'max_wal_size=8GB'])
  try {
    const row = await compare(bench, {
      name: 'PostgreSQL',
      atMost: 1.1,
      async databaseOf(crowd) {
        const url = await postgres.createDatabase()
        // Its tables are made by the server of this benchmark.
        const server = await startServer(bench, null, url)
        await server.stop()
        await crowdPostgres(url, crowd)
        return url
      },
    })
    return [...rows, row]
  } finally {
    await postgres.remove()
  }
}

interface Comparison {
  readonly name: string
  readonly atMost: number
  /** The path or URL of a new database with this crowd in it. */
  readonly databaseOf: (crowd: Crowd) => Promise<string>
}

const SMALL: Crowd = { users: 1000, sessions: 10_000 }
const LARGE: Crowd = { users: 1_000_000, sessions: 5_000_000 }

/** Only to see that it works. */
const QUICK: Crowd = { users: 2000, sessions: 20_000 }

/** Both servers are there all the time and are loaded in turn, so that whatever else the machine does hits both. */
async function compare(bench: Bench, { name, atMost, databaseOf }: Comparison): Promise<Row> {
  const crowds = { small: SMALL, large: bench.isQuick ? QUICK : LARGE }
  const small = await startServer(bench, bench.cores.server, await databaseOf(crowds.small))
  const large = await startServer(bench, bench.cores.server, await databaseOf(crowds.large))
  const load = await startLoad(bench)
  const { answers, rounds } = bench.isQuick ? { answers: 200, rounds: 2 } : { answers: 3 * CALLERS, rounds: 7 }
  const costs: { readonly small: number; readonly large: number }[] = []
  for (let round = 0; round <= rounds; round += 1) {
    costs.push({
      small: await costPerRequest({ server: small, load, crowd: crowds.small, answers }),
      large: await costPerRequest({ server: large, load, crowd: crowds.large, answers }),
    })
  }
  await Promise.all([small.stop(), large.stop(), load.stop()])
  // The first round is where the machine code is made.
  const settled = costs.slice(1)
  return {
    name: `authenticated GET /api/me, ${name}, 1 M users ÷ 1 k: CPU`,
    value: median(settled.map((cost) => cost.large / cost.small)),
    unit: 'ratio',
    target: { atMost },
    figures: `${median(settled.map((cost) => cost.small)).toFixed(1)} and ${median(settled.map((cost) => cost.large)).toFixed(1)} µs of CPU a request`,
  }
}

interface Round {
  readonly server: Child<ServerAnswers>
  readonly load: Child<LoadAnswers>
  readonly crowd: Crowd
  readonly answers: number
}

async function costPerRequest({ server, load, crowd, answers }: Round): Promise<number> {
  const port = await server.ask('port')
  const step = crowd.sessions / CALLERS
  const requests = Array.from({ length: CALLERS }, (_, caller) =>
    currentUserRequest(crowdToken(Math.floor(caller * step) + 1)),
  )
  const { cpuMicroseconds, result } = await measureCpu(server, () =>
    load.ask('send', { port, connections: CONNECTIONS, requests, expectedStatus: 200, until: { answers } }),
  )
  return cpuMicroseconds / result.answers
}
