import { AuthError } from '../errors.ts'

/** What a body held: a JSON object or the fields of a form, with keys that cannot reach a prototype. */
export type WireBody = Readonly<Record<string, unknown>>

/** Bytes. No body of an account is longer; the password alone may have 4,096. */
const MAX_BODY_BYTES = 65_536

/** How deep JSON may nest. */
const MAX_DEPTH = 20

/** Keys in all. */
const MAX_KEYS = 1000

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Reads the body as JSON or as a form; an absent one is an empty object.
 *
 * @throws {AuthError} `unsupported_media_type`, `malformed_request`
 */
export function readBody(bytes: Uint8Array, contentType: string | null): WireBody {
  if (bytes.length === 0) return {}
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type === 'application/json') return readJson(decodeUtf8(bytes))
  if (type === 'application/x-www-form-urlencoded') return readForm(decodeUtf8(bytes))
  throw new AuthError('unsupported_media_type')
}

/**
 * The body as it came.
 *
 * @throws {AuthError} `payload_too_large`, `malformed_request`
 */
export async function readBytes(request: Request, contentLength: string | null): Promise<Uint8Array> {
  try {
    // Where the host vouches for a short length nothing has to be counted, and no stream to be made.
    const isShort = contentLength !== null && Number(contentLength) <= MAX_BODY_BYTES
    const bytes = isShort ? new Uint8Array(await request.arrayBuffer()) : await readCounting(request)
    if (bytes.length <= MAX_BODY_BYTES) return bytes
  } catch (error) {
    // A client that goes away in the middle is no fault of the program, and nothing to fill the log with.
    throw new AuthError('malformed_request', {}, { cause: error })
  }
  throw new AuthError('payload_too_large')
}

/** Stops reading behind the limit: what is too large is not waited for. */
async function readCounting(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    chunks.push(chunk)
    length += chunk.length
    if (length > MAX_BODY_BYTES) break
  }
  return Buffer.concat(chunks)
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new AuthError('malformed_request')
  }
}

function readJson(text: string): WireBody {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new AuthError('malformed_request')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new AuthError('malformed_request')
  assertHarmless(value)
  return { ...value }
}

/** Walks level by level, so that depth is a rule and not a stack overflow. */
function assertHarmless(root: object): void {
  let keys = 0
  let level: readonly object[] = [root]
  for (let depth = 1; level.length > 0; depth += 1) {
    const entries = level.flatMap((value) => Object.entries(value))
    keys += entries.length
    const hasForbidden = entries.some(([key]) => FORBIDDEN_KEYS.has(key))
    if (depth > MAX_DEPTH || keys > MAX_KEYS || hasForbidden) throw new AuthError('malformed_request')
    level = entries.map(([, value]) => value).filter((value) => typeof value === 'object' && value !== null)
  }
}

/** A repeated key is refused: a check and its command must never see two different values. */
function readForm(text: string): WireBody {
  const fields: Record<string, string> = {}
  let keys = 0
  for (const [key, value] of new URLSearchParams(text)) {
    keys += 1
    if (keys > MAX_KEYS || FORBIDDEN_KEYS.has(key) || Object.hasOwn(fields, key)) {
      throw new AuthError('malformed_request')
    }
    fields[key] = value
  }
  return fields
}
