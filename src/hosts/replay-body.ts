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
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(headers['content-type'] ?? '')) {
    return Buffer.from(JSON.stringify(body))
  }
  // The parts of a multipart body are gone with their boundary; its fields go on as those of a plain form.
  headers['content-type'] = 'application/x-www-form-urlencoded'
  return Buffer.from(new URLSearchParams(firstPairs(Object(body))).toString())
}

/** Characters: far more than is taken here; what is beyond is refused for its size, whatever stands in it. */
const MOST_TEXT = 1_000_000

const MOST_LEVELS = 20

function firstPairs(fields: object): [string, string][] {
  const pairs: [string, string][] = []
  let length = 0
  for (const [name, value] of formPairs(fields, { below: null, level: 1 })) {
    pairs.push([name, value])
    length += name.length + value.length
    if (length > MOST_TEXT) break
  }
  return pairs
}

interface Place {
  readonly below: string | null
  readonly level: number
}

/**
 * A repeated name stays repeated, so that it is refused here as well; `a[b]=c` is written again as it came. What a
 * parser has made a list of one value may have come as one, so its name stays.
 *
 * @throws {Error} with the status 400 for what is nested deeper than any form
 */
function* formPairs(fields: object, { below, level }: Place): Generator<readonly [string, string]> {
  if (level > MOST_LEVELS) throw Object.assign(new Error('the form is nested too deeply'), TOO_DEEP)
  for (const [key, value] of Object.entries(fields)) {
    const name = below === null ? key : `${below}[${key}]`
    for (const single of [value].flat()) {
      if (isLevel(single)) yield* formPairs(single, { below: name, level: level + 1 })
      else yield [name, textOf(single)]
    }
  }
}

/** As Express and Fastify read it. */
const TOO_DEEP = { status: 400, statusCode: 400 }

/** The content of a file is left out: no field of ours is one. */
const textOf = (value: unknown): string => (ArrayBuffer.isView(value) ? '' : String(value))

const isLevel = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)
