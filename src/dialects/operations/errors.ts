import type { AuthError } from '../../errors.ts'
import { DEFAULT_STATUS } from '../../http/default-status.ts'
import type { Exchange } from '../../http/exchange.ts'
import { refusalHeaders } from '../../http/refusal-headers.ts'

export function writeError({ code, details }: AuthError, { baseHeaders }: Exchange): Response {
  const headers = { ...baseHeaders, ...refusalHeaders(details) }
  return Response.json({ status: 'error', code }, { status: DEFAULT_STATUS[code], headers })
}

export function writeFault({ baseHeaders, info }: Exchange): Response {
  const headers = { ...baseHeaders, 'x-request-id': info.id }
  return Response.json({ status: 'error', requestId: info.id }, { status: 500, headers })
}
