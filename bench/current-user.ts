import { hasPostgres, startPostgres } from '../test/support/postgres-server.ts'
import { type Bench, startBareServer, startLoad, startServer } from './support/bench.ts'
import type { Child } from './support/child.ts'
import { type Contender, portress } from './support/contender.ts'
import type { LoadAnswers } from './support/load-generator.ts'
import { exchangeOnce } from './support/log-in-once.ts'
import { measureCpu } from './support/measure-cpu.ts'
import type { Row } from './support/row.ts'
import type { ServerAnswers } from './support/server.ts'
import { median } from './support/statistics.ts'

const CONNECTIONS = 32

/** The authenticated `GET` of the current user from SQLite. */
export async function currentUser(bench: Bench, contender: Contender = portress(bench)): Promise<readonly Row[]> {
  const server = await contender.start(bench.cores.server)
  return [await compare(bench, server, { name: 'authenticated GET of the current user', contender, atLeast: 0.5 })]
}

/** The same from PostgreSQL on the loopback: what the database's own processes cost does not count. None where it is missing. */
export async function currentUserPostgres(bench: Bench): Promise<readonly Row[]> {
  if (!hasPostgres()) return []
  const database = await startPostgres()
  try {
    const ours = await startServer(bench, bench.cores.server, await database.createDatabase())
    await ours.ask('createUsers', bench.users)
    const name = 'authenticated GET of the current user, PostgreSQL'
    return [await compare(bench, ours, { name, contender: portress(bench), atLeast: 0.28 })]
  } finally {
    await database.remove()
  }
}

interface Comparison {
  readonly name: string
  readonly contender: Contender
  readonly atLeast: number
}

/**
 * A contender against a bare server that writes the same document.
 *
 * Both are there all the time and are loaded in turn, so that whatever else the machine does hits both.
 */
async function compare(bench: Bench, served: Child<ServerAnswers>, comparison: Comparison): Promise<Row> {
  const load = await startLoad(bench)
  const port = await served.ask('port')
  const request = await comparison.contender.currentUser(port)
  const bare = await startBareServer(bench, await exchangeOnce(port, request))
  const { answers, rounds } = bench.isQuick ? { answers: 200, rounds: 2 } : { answers: 20_000, rounds: 11 }
  const costs: { readonly bare: Cost; readonly served: Cost }[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const cost = (server: Child<Costly>) => costPerRequest({ server, load, request, answers })
    costs.push({ bare: await cost(bare), served: await cost(served) })
  }
  await Promise.all([served.stop(), bare.stop(), load.stop()])
  // The first round is where the machine code is made.
  return rowOf(costs.slice(1), comparison)
}

type Costly = Pick<ServerAnswers, 'port' | 'usage'>

interface Cost {
  readonly microseconds: number
  readonly perSecond: number
  readonly loadBusy: number
}

interface Round {
  readonly server: Child<Costly>
  readonly load: Child<LoadAnswers>
  readonly request: string
  readonly answers: number
}

async function costPerRequest({ server, load, request, answers }: Round): Promise<Cost> {
  const port = await server.ask('port')
  const requests = [request]
  const { cpuMicroseconds, result } = await measureCpu(server, () =>
    load.ask('send', { port, connections: CONNECTIONS, requests, expectedStatus: 200, until: { answers } }),
  )
  return {
    microseconds: cpuMicroseconds / result.answers,
    perSecond: result.answers / result.seconds,
    loadBusy: result.busy,
  }
}

function rowOf(
  costs: readonly { readonly bare: Cost; readonly served: Cost }[],
  { name, contender, atLeast }: Comparison,
): Row {
  const middle = (pick: (cost: (typeof costs)[number]) => number) => median(costs.map(pick))
  const figures = [
    `bare ${middle(({ bare }) => bare.microseconds).toFixed(1)} µs`,
    `${contender.whose} ${middle(({ served }) => served.microseconds).toFixed(1)} µs of CPU a request`,
    `${middle(({ bare }) => bare.perSecond).toFixed(0)} and ${middle(({ served }) => served.perSecond).toFixed(0)} a second`,
    `load busy ${middle(({ bare }) => bare.loadBusy).toFixed(2)} and ${middle(({ served }) => served.loadBusy).toFixed(2)}`,
  ]
  return {
    name: `${contender.prefix}${name}: bare CPU ÷ ${contender.whose}`,
    value: middle(({ bare, served }) => bare.microseconds / served.microseconds),
    unit: 'ratio',
    target: contender.hasTargets ? { atLeast } : null,
    figures: figures.join(', '),
  }
}
