import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Bench } from './support/bench.ts'
import type { Row } from './support/row.ts'
import { type StartedServer, startServing } from './support/start-serving.ts'
import { median } from './support/statistics.ts'

/**
 * `portress serve` on a database that exists, against the bare server: from the start of the process to the first
 * answer, in turn. Then what the process holds while nobody calls.
 */
export async function startUp(bench: Bench): Promise<readonly Row[]> {
  const database = bench.database()
  const ours = () =>
    startServing({
      script: bench.path('src/cli/main.ts'),
      args: ['serve'],
      core: bench.cores.server,
      folder: dirname(database),
      environment: { PORTRESS_DATABASE: database, PORTRESS_LOG_LEVEL: 'error' },
    })
  const bare = () =>
    startServing({
      script: bench.path('bench/support/bare-server.ts'),
      args: ['{}'],
      core: bench.cores.server,
      folder: dirname(database),
      environment: {},
    })
  const rounds: { readonly ours: Start; readonly bare: Start }[] = []
  for (let round = 0; round <= (bench.isQuick ? 1 : 10); round += 1) {
    rounds.push({ bare: await startAndStop(bare, bench), ours: await startAndStop(ours, bench) })
  }
  // The first start makes the secret and fills the compile cache.
  return rowsOf(rounds.slice(1))
}

interface Start {
  readonly milliseconds: number
  readonly idleMebibytes: number
}

async function startAndStop(start: () => Promise<StartedServer>, { isQuick }: Bench): Promise<Start> {
  const server = await start()
  await delay(isQuick ? 100 : 2000)
  const idleMebibytes = server.residentMebibytes()
  await server.stop()
  return { milliseconds: server.milliseconds, idleMebibytes }
}

function rowsOf(rounds: readonly { readonly ours: Start; readonly bare: Start }[]): readonly Row[] {
  const middle = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick))
  const bareTime = middle(({ bare }) => bare.milliseconds).toFixed(0)
  const ourTime = middle(({ ours }) => ours.milliseconds).toFixed(0)
  return [
    {
      name: 'start-up until the first answer: ours ÷ bare',
      value: middle(({ ours, bare }) => ours.milliseconds / bare.milliseconds),
      unit: 'ratio',
      target: { atMost: 4 },
      figures: `bare ${bareTime} ms, ours ${ourTime} ms`,
    },
    {
      name: 'idle memory',
      value: middle(({ ours }) => ours.idleMebibytes),
      unit: 'MiB',
      target: { atMost: 90 },
      figures: `bare ${middle(({ bare }) => bare.idleMebibytes).toFixed(0)} MiB`,
    },
  ]
}
