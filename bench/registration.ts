import { accountNamed } from './support/accounts.ts'
import type { Bench } from './support/bench.ts'
import { hashingCost } from './support/hashing-cost.ts'
import { registrationRequest } from './support/requests.ts'
import type { Row } from './support/row.ts'

/** A registration over HTTP, with its mail, against the Argon2id in it. */
export async function registration(bench: Bench): Promise<readonly Row[]> {
  const { ratio, figures } = await hashingCost(bench, (round) => ({
    requests: newcomers(bench.users, round).map(registrationRequest),
    expectedStatus: 201,
  }))
  const target = { atLeast: 0.9 }
  return [{ name: 'registration: raw Argon2id CPU ÷ ours', value: ratio, unit: 'ratio', target, figures }]
}

const newcomers = (count: number, round: number) =>
  Array.from({ length: count }, (_, number) => accountNamed(`newcomer-${round}-${number}`))
