import { accountNamed } from './support/accounts.ts'
import type { Bench } from './support/bench.ts'
import { type Contender, portress } from './support/contender.ts'
import { hashingCost } from './support/hashing-cost.ts'
import type { Row } from './support/row.ts'

/** A registration over HTTP, with its mail, against the Argon2id in it. */
export async function registration(bench: Bench, contender: Contender = portress(bench)): Promise<readonly Row[]> {
  const { ratio, figures } = await hashingCost(bench, contender, (round) => ({
    requests: newcomers(bench.users, round).map(contender.register),
    expectedStatus: contender.registeredStatus,
  }))
  const target = contender.hasTargets ? { atLeast: 0.9 } : null
  return [
    {
      name: `${contender.prefix}registration: raw Argon2id CPU ÷ ${contender.whose}`,
      value: ratio,
      unit: 'ratio',
      target,
      figures,
    },
  ]
}

const newcomers = (count: number, round: number) =>
  Array.from({ length: count }, (_, number) => accountNamed(`newcomer-${round}-${number}`))
