import { account } from './support/accounts.ts'
import type { Bench } from './support/bench.ts'
import { hashingCost } from './support/hashing-cost.ts'
import { logInRequest } from './support/requests.ts'
import type { Row } from './support/row.ts'

/** A log-in over HTTP against the Argon2id in it. */
export async function logIn(bench: Bench): Promise<readonly Row[]> {
  const requests = Array.from({ length: bench.users }, (_, number) => logInRequest(account(number)))
  const { ratio, figures } = await hashingCost(bench, () => ({ requests, expectedStatus: 200 }))
  return [{ name: 'log-in: raw Argon2id CPU ÷ ours', value: ratio, unit: 'ratio', target: { atLeast: 0.93 }, figures }]
}
