import type { Readiness } from '../../commands/check-readiness.ts'
import type { Exchange } from '../../http/exchange.ts'

/** When a probe may look again. */
const RETRY_AFTER_SECONDS = '5'

export async function writeHealth({ baseHeaders }: Exchange): Promise<Response> {
  return Response.json({ status: 'ok' }, { headers: baseHeaders })
}

export function writeReadiness({ isReady, throttles, ...parts }: Readiness, { baseHeaders }: Exchange): Response {
  const told = { ...parts, ...(throttles === null ? {} : { throttles }) }
  if (isReady) return Response.json({ status: 'ready', ...told }, { headers: baseHeaders })
  const headers = { ...baseHeaders, 'retry-after': RETRY_AFTER_SECONDS }
  return Response.json({ status: 'not_ready', ...told }, { status: 503, headers })
}
