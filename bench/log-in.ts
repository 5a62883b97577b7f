import { account } from './support/accounts.ts'
import type { Bench } from './support/bench.ts'
import { type Contender, portress } from './support/contender.ts'
import { hashingCost } from './support/hashing-cost.ts'
import type { Row } from './support/row.ts'

/** A log-in over HTTP against the Argon2id in it. */
export async function logIn(bench: Bench, contender: Contender = portress(bench)): Promise<readonly Row[]> {
  const requests = Array.from({ length: bench.users }, (_, number) => contender.logIn(account(number)))
  const { ratio, figures } = await hashingCost(bench, contender, () => ({ requests, expectedStatus: 200 }))
  const target = contender.hasTargets ? { atLeast: 0.93 } : null
  return [
    {
      name: `${contender.prefix}log-in: raw Argon2id CPU ÷ ${contender.whose}`,
      value: ratio,
      unit: 'ratio',
      target,
      figures,
    },
  ]
}
