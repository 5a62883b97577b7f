import { currentUser } from './current-user.ts'
import { logIn } from './log-in.ts'
import { loginFlood } from './login-flood.ts'
import { loginMemory } from './login-memory.ts'
import { registration } from './registration.ts'
import type { Bench } from './support/bench.ts'
import { betterAuth } from './support/contender.ts'
import type { Row } from './support/row.ts'

/** The same work done by others, in the same run. No rows where `npm ci` was not run in `bench/peers`. */
export async function peers(bench: Bench): Promise<readonly Row[]> {
  const peer = betterAuth(bench)
  if (peer === null) return []
  const rows: Row[] = []
  for (const measure of [currentUser, logIn, registration, loginFlood, loginMemory])
    rows.push(...(await measure(bench, peer)))
  return rows
}
