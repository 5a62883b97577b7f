import type { RedisClient } from './redis-client.ts'
import { isUnknownScript, unavailable } from './redis-errors.ts'
import type { RedisScript } from './redis-scripts.ts'
import { within } from './within.ts'

/** Runs a script on a client and gives its answer as it came. */
export type SendScript = (client: RedisClient, script: RedisScript, call: ScriptValues) => Promise<unknown>

export interface ScriptValues {
  readonly keys: readonly string[]
  readonly values: readonly string[]
}

/** More than these are not under way at once, those included that nobody waits for any more. */
const MAX_UNDER_WAY = 1000

/**
 * Sends scripts, and waits for each answer for so long.
 *
 * An answer that is overdue or lost leaves open whether the script ran. It is not sent again: a step that ran would count
 * twice.
 *
 * @throws {OverdueAnswer} and what the driver throws
 */
export function scriptSender(answerTimeoutMilliseconds: number): SendScript {
  let underWay = 0
  const send: SendScript = async (client, script, { keys, values }) => {
    underWay += 1
    try {
      return await client.evalSha(script.sha, { keys: [...keys], arguments: [...values] })
    } catch (error) {
      // It has forgotten its scripts when it was started anew, or another server has taken its place.
      if (!isUnknownScript(error)) throw error
      return await client.eval(script.text, { keys: [...keys], arguments: [...values] })
    } finally {
      underWay -= 1
    }
  }
  return async (client, script, call) => {
    if (underWay >= MAX_UNDER_WAY) throw unavailable(new Error('too much waits for answers of Redis'))
    return within(answerTimeoutMilliseconds, send(client, script, call))
  }
}
