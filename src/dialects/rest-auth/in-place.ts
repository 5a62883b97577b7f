import { endRefreshCookie, endSessionOfCookie } from '../drf/cookie-sessions.ts'
import type { Action, DrfAnswer, DrfCall } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import { carrierOf } from './login-answer.ts'

/**
 * An action that lets somebody in. What the browser's cookies held ends with the answer that replaces them, whichever
 * credential the request was judged by: nothing is left behind of which no cookie knows any more.
 */
export function inPlace(parts: Pick<DoorParts, 'settings'>, action: Action): Action {
  return {
    ...action,
    run: async (call) => {
      const answer = await action.run(call)
      await endReplaced(parts, call, answer)
      return answer
    },
  }
}

async function endReplaced({ settings }: Pick<DoorParts, 'settings'>, call: DrfCall, answer: DrfAnswer): Promise<void> {
  const { sessionName } = call.settings.cookies
  const { accessName, refreshName } = settings.jwtCookies
  // The refresh token first: it ends with its session, and would then count as one that was made up.
  if (isSet(answer, refreshName)) await endRefreshCookie(call, refreshName)
  if (isSet(answer, accessName)) await endSessionOfCookie(call, { name: accessName, carrier: carrierOf(settings) })
  if (isSet(answer, sessionName)) await endSessionOfCookie(call, { name: sessionName, carrier: 'cookie' })
}

const isSet = ({ cookies = [] }: DrfAnswer, name: string | null): boolean =>
  name !== null && cookies.some((cookie) => cookie.startsWith(`${name}=`))
