import { type AtomicStep, readFirst } from './atomic-step.ts'
import { sql } from './sql.ts'
import type { SqlEngine } from './sql-engine.ts'
import { statementsFor } from './statements.ts'
import type { UserModel } from './user-model.ts'

/**
 * Says where addresses are of a time in which they were unique only once proven: nobody is found by them any more. The other
 * way round nothing is wrong: an unproven address that was unique becomes one that may be shared as soon as somebody claims it.
 */
export function* addressProblems(engine: SqlEngine, { naming, emailUnique }: UserModel): AtomicStep<readonly string[]> {
  if (emailUnique === 'once-proven') return []
  const { table, columns: c } = naming.users
  const findShared = statementsFor(engine).query<object, boolean>(
    () => sql`SELECT 1 FROM ${table} WHERE ${c.sharedEmailKey} IS NOT NULL LIMIT 1`,
    () => true,
  )
  if ((yield* readFirst(findShared, {})) === null) return []
  const place = `${table.name}.${c.sharedEmailKey.name}`
  return [`addresses in ${place} are of user.emailUnique 'once-proven', which is 'always' now: decide who keeps them`]
}
