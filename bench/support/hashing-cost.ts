import { type Bench, startLoad, startRawArgon2 } from './bench.ts'
import type { Contender } from './contender.ts'
import { measureCpu } from './measure-cpu.ts'
import { median } from './statistics.ts'

/** What is sent in one round. */
export interface HashingWork {
  readonly requests: readonly string[]
  readonly expectedStatus: number
}

/** Medians over the rounds. */
export interface HashingCost {
  /** CPU of a hash alone ÷ CPU of a request that needs one. */
  readonly ratio: number
  readonly figures: string
}

/** As many as keep the hash lane busy without waiting for each other. */
const CONNECTIONS = 8

/**
 * Requests that cost one Argon2id each, against the same Argon2id alone: hashed synchronously in one worker thread, which
 * is the cheapest way there is. In turn, on the same core.
 */
export async function hashingCost(
  bench: Bench,
  contender: Contender,
  workOf: (round: number) => HashingWork,
): Promise<HashingCost> {
  const [server, raw, load] = [
    await contender.start(bench.cores.server),
    await startRawArgon2(bench),
    await startLoad(bench),
  ]
  const port = await server.ask('port')
  const costs: { readonly raw: number; readonly served: number; readonly perSecond: number }[] = []
  const warmUps = bench.isQuick ? 1 : 4
  for (let round = 0; round < warmUps + (bench.isQuick ? 1 : 8); round += 1) {
    const work = workOf(round)
    const count = work.requests.length
    const alone = await measureCpu(raw, () => raw.ask('hash', count))
    const served = await measureCpu(server, () =>
      load.ask('send', { port, connections: CONNECTIONS, ...work, until: { answers: count } }),
    )
    costs.push({
      raw: alone.cpuMicroseconds / count / 1000,
      served: served.cpuMicroseconds / count / 1000,
      perSecond: count / served.result.seconds,
    })
  }
  await Promise.all([server.stop(), raw.stop(), load.stop()])
  // At first threads start and machine code is made, for as long as a second of a server's life.
  const settled = costs.slice(warmUps)
  const middle = (pick: (cost: (typeof costs)[number]) => number) => median(settled.map(pick))
  return {
    ratio: middle((cost) => cost.raw / cost.served),
    figures: [
      `raw ${middle((cost) => cost.raw).toFixed(2)} ms`,
      `${contender.whose} ${middle((cost) => cost.served).toFixed(2)} ms of CPU each`,
      `${middle((cost) => cost.perSecond).toFixed(1)} a second on one core`,
    ].join(', '),
  }
}
