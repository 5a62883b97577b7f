import type { IncomingMessage } from 'node:http'

/** A request of `node:http` as a framework hands it on, with what a body parser left on it. */
export type ParsedRequest = IncomingMessage & {
  readonly body?: unknown
  /** What is read in place of the stream; some parsers keep it, too. */
  rawBody?: unknown
}

/**
 * Puts the bytes of a body back that a parser of the framework has read already, so that they are judged here as if nobody
 * had. Does nothing where the stream was not touched.
 *
 * @throws {TypeError} where the body was read and not kept as `body` or `rawBody`
 */
export function replayBody(request: ParsedRequest): void {
  if (!request.readableDidRead || request.rawBody instanceof Buffer) return
  if (request.body === undefined && hasBody(request)) {
    throw new TypeError('the body was read before Portress got the request, and not kept as request.body')
  }
  request.rawBody = bytesOf(request)
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

function bytesOf(request: ParsedRequest): Buffer {
  const { body, headers } = request
  if (body === undefined) return Buffer.alloc(0)
  if (body instanceof Uint8Array) return Buffer.from(body)
  if (typeof body === 'string') return Buffer.from(body)
  if (/^[^;]*\bjson\b/i.test(headers['content-type'] ?? '')) return Buffer.from(JSON.stringify(body))
  // The parts of a multipart body are gone with their boundary; its fields go on as those of a plain form.
  headers['content-type'] = 'application/x-www-form-urlencoded'
  return Buffer.from(new URLSearchParams(formPairs(Object(body), null)).toString())
}

/** A repeated name stays repeated, so that it is refused here as well; `a[b]=c` is written again as it came. */
function formPairs(fields: object, below: string | null): [string, string][] {
  return Object.entries(fields).flatMap(([key, value]) => {
    const name = below === null ? key : `${below}[${key}]`
    return [value].flat().flatMap((single): [string, string][] => {
      return typeof single === 'object' && single !== null ? formPairs(single, name) : [[name, String(single)]]
    })
  })
}
