import { account } from './support/accounts.ts'
import { type Bench, startLoad } from './support/bench.ts'
import { type Contender, portress } from './support/contender.ts'
import type { Row } from './support/row.ts'

const CONNECTIONS = 64

/** The most memory that the server ever had, with 64 log-ins under way all the time, and two cores to hash on. */
export async function loginMemory(bench: Bench, contender: Contender = portress(bench)): Promise<readonly Row[]> {
  const [server, load] = [await contender.start(null), await startLoad(bench)]
  const port = await server.ask('port')
  const requests = Array.from({ length: bench.users }, (_, number) => contender.logIn(account(number)))
  const before = await server.ask('usage')
  const { answers } = await load.ask('send', {
    port,
    connections: CONNECTIONS,
    requests,
    expectedStatus: 200,
    until: { seconds: bench.isQuick ? 1 : 15 },
  })
  const { peakMebibytes } = await server.ask('usage')
  await Promise.all([server.stop(), load.stop()])
  return [
    {
      name: `${contender.prefix}memory with 64 log-ins under way`,
      value: peakMebibytes,
      unit: 'MiB',
      target: contender.hasTargets ? { atMost: 150 } : null,
      figures: `${before.peakMebibytes.toFixed(0)} MiB before, after ${answers} log-ins ${peakMebibytes.toFixed(0)}`,
    },
  ]
}
