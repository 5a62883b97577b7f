import { hasPostgres, startPostgres } from '../test/support/postgres-server.ts'
import { account } from './support/accounts.ts'
import { type Bench, startLoad, startServer } from './support/bench.ts'
import type { Child } from './support/child.ts'
import { fillPostgres, fillSqlite } from './support/fill-users.ts'
import type { LoadAnswers } from './support/load-generator.ts'
import { logInForPages } from './support/log-in-once.ts'
import { pageRequest } from './support/requests.ts'
import type { Row } from './support/row.ts'
import type { ServerAnswers } from './support/server.ts'
import { median } from './support/statistics.ts'

/** What an operator asks the list of users for. */
const QUESTIONS = [
  { name: 'first page', path: '/admin/users/' },
  { name: 'search', path: '/admin/users/?q=first4' },
  { name: 'filter', path: '/admin/users/?status=disabled' },
] as const

/** The admin's list of a million users against that of a thousand, as pages over HTTP, from SQLite. */
export async function userList(bench: Bench): Promise<readonly Row[]> {
  return compare(bench, 'SQLite', async (count) => {
    const file = bench.database()
    fillSqlite(file, count)
    return startServer(bench, bench.cores.server, file)
  })
}

/** The same from PostgreSQL on the loopback. None where it is missing. */
export async function userListPostgres(bench: Bench): Promise<readonly Row[]> {
  if (!hasPostgres()) return []
  const database = await startPostgres()
  try {
    return await compare(bench, 'PostgreSQL', async (count) => {
      const url = await database.createDatabase()
      const server = await startServer(bench, bench.cores.server, url)
      await server.ask('createUsers', 1)
      await fillPostgres(url, count)
      return server
    })
  } finally {
    await database.remove()
  }
}

type StartWith = (count: number) => Promise<Child<ServerAnswers>>

async function compare(bench: Bench, engine: string, startWith: StartWith): Promise<readonly Row[]> {
  const { sizes, rounds, answers } = bench.isQuick
    ? { sizes: [100, 1000] as const, rounds: 1, answers: 3 }
    : { sizes: [1000, 1_000_000] as const, rounds: 7, answers: 20 }
  const servers = [await startWith(sizes[0]), await startWith(sizes[1])] as const
  const load = await startLoad(bench)
  const [small, large] = [await siteOf(servers[0]), await siteOf(servers[1])]
  const rows: Row[] = []
  for (const { name, path } of QUESTIONS) {
    const times: { readonly small: number; readonly large: number }[] = []
    const ask = (site: Site) => timeOf(load, { ...site, path, answers })
    for (let round = 0; round <= rounds; round += 1) times.push({ small: await ask(small), large: await ask(large) })
    // The first round is where the machine code is made, and the caches are filled.
    const counted = times.slice(1)
    const middle = (pick: (one: (typeof times)[number]) => number) => median(counted.map(pick))
    rows.push({
      name: `list of users in the admin, ${engine}: ${name}, many ÷ few`,
      value: middle((one) => one.large / one.small),
      unit: 'ratio',
      target: { atMost: 3 },
      figures: `${sizes[0]} users ${middle((one) => one.small).toFixed(1)} ms, ${sizes[1]} users ${middle((one) => one.large).toFixed(1)} ms`,
    })
  }
  await Promise.all([...servers, load].map((program) => program.stop()))
  return rows
}

interface Site {
  readonly port: number
  /** Of a superuser. */
  readonly cookie: string
}

async function siteOf(server: Child<ServerAnswers>): Promise<Site> {
  const port = await server.ask('port')
  return { port, cookie: await logInForPages(port, account(0)) }
}

interface Asked extends Site {
  readonly path: string
  readonly answers: number
}

/** Milliseconds of one page, one after the other. */
async function timeOf(load: Child<LoadAnswers>, { port, cookie, path, answers }: Asked): Promise<number> {
  const { medianMilliseconds } = await load.ask('send', {
    port,
    connections: 1,
    requests: [pageRequest(path, cookie)],
    expectedStatus: 200,
    until: { answers },
  })
  return medianMilliseconds
}
