import { account } from './support/accounts.ts'
import { type Bench, startLoad } from './support/bench.ts'
import { type Contender, portress } from './support/contender.ts'
import type { LoadResult } from './support/load-generator.ts'
import type { Row } from './support/row.ts'
import { median } from './support/statistics.ts'

const FLOOD_CONNECTIONS = 64

const CHECK_CONNECTIONS = 16

/**
 * Token checks, first alone and then while other connections only log in. The server may use every core, as it would
 * at home, and both loads share one of them; the checks alone are measured under the same conditions.
 */
export async function loginFlood(bench: Bench, contender: Contender = portress(bench)): Promise<readonly Row[]> {
  const server = await contender.start(null)
  const port = await server.ask('port')
  const currentUser = await contender.currentUser(port)
  const [checks, flood] = [await startLoad(bench), await startLoad(bench)]
  const seconds = bench.isQuick ? 0.5 : 5
  const check = () =>
    checks.ask('send', {
      port,
      connections: CHECK_CONNECTIONS,
      requests: [currentUser],
      expectedStatus: 200,
      until: { seconds },
    })
  const requests = Array.from({ length: bench.users }, (_, number) => contender.logIn(account(number)))
  const floodFor = (duration: number) =>
    flood.ask('send', {
      port,
      connections: FLOOD_CONNECTIONS,
      requests,
      expectedStatus: 200,
      until: { seconds: duration },
    })
  const rounds: Round[] = []
  await check()
  for (let round = 0; round < (bench.isQuick ? 1 : 5); round += 1) {
    const alone = await check()
    const flooding = floodFor(seconds + LEAD_SECONDS)
    await new Promise((resolve) => setTimeout(resolve, (LEAD_SECONDS / 2) * 1000))
    const flooded = await check()
    rounds.push({ alone, flooded, flood: await flooding })
  }
  await Promise.all([server.stop(), checks.stop(), flood.stop()])
  return rowsOf(rounds, contender)
}

/** The flood begins earlier and ends later than what is measured under it. */
const LEAD_SECONDS = 1

interface Round {
  readonly alone: LoadResult
  readonly flooded: LoadResult
  readonly flood: LoadResult
}

function rowsOf(rounds: readonly Round[], { prefix, hasTargets }: Contender): readonly Row[] {
  const middle = (pick: (round: Round) => number) => median(rounds.map(pick))
  const alone = `alone ${middle((round) => rate(round.alone)).toFixed(0)} a second`
  const flooded = `flooded ${middle((round) => rate(round.flooded)).toFixed(0)}`
  const flood = `${middle((round) => rate(round.flood)).toFixed(1)} log-ins a second`
  const p99Alone = `alone ${middle((round) => round.alone.p99Milliseconds).toFixed(1)} ms`
  return [
    {
      name: `${prefix}token checks while 64 connections log in: rate kept`,
      value: middle((round) => rate(round.flooded) / rate(round.alone)),
      unit: 'ratio',
      target: hasTargets ? { atLeast: 0.7 } : null,
      figures: [alone, flooded, flood].join(', '),
    },
    {
      name: `${prefix}token checks while 64 connections log in: p99`,
      value: middle((round) => round.flooded.p99Milliseconds),
      unit: 'ms',
      target: hasTargets ? { atMost: 5 } : null,
      figures: p99Alone,
    },
  ]
}

const rate = ({ answers, seconds }: LoadResult): number => answers / seconds
