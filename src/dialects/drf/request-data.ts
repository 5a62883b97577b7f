import { AuthError } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import type { BodyRules } from './body-rules.ts'
import { refuse } from './drf-error.ts'
import { readMultipart } from './multipart.ts'

/** A parsed body: any JSON value, or the fields of a form by name. */
export interface RequestData {
  readonly value: unknown
  readonly isForm: boolean
}

/** What a view parses, as `OPTIONS` lists it. */
export const PARSED_TYPES: readonly string[] = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
]

/** How deep JSON may nest, and how many values there may be in a body. */
const MAX_DEPTH = 20
const MAX_VALUES = 1000

const NOTHING: RequestData = { value: {}, isForm: false }

/**
 * Parses the body by its type; an empty one is an empty object whatever its type. Of a repeated key the last counts.
 * What is wrong with a body is told without quoting it: it may hold a password.
 *
 * @throws {DrfError} 415 for another type, 400 for one that cannot be parsed
 * @throws {AuthError} `payload_too_large`
 */
export async function readRequestData(exchange: Exchange, rules: BodyRules): Promise<RequestData> {
  const { words } = rules
  const bytes = await readBytes(exchange, words)
  if (bytes.length === 0) return NOTHING
  const type = exchange.header('content-type') ?? ''
  switch (mediaType(type)) {
    case 'application/json':
      return { value: parseJson(bytes, words), isForm: false }
    case 'application/x-www-form-urlencoded':
      return { value: lastOfEach(new URLSearchParams(new TextDecoder().decode(bytes))), isForm: true }
    case 'multipart/form-data':
      return { value: lastOfEach(await readMultipart(bytes, type, rules)), isForm: true }
    default:
      throw refuse(415, words.requests.unsupportedMediaType(type))
  }
}

/** Whether the body says of itself that it is a form. */
export function isFormType(contentType: string | null): boolean {
  const type = mediaType(contentType ?? '')
  return type === 'application/x-www-form-urlencoded' || type === 'multipart/form-data'
}

const mediaType = (contentType: string): string => contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''

async function readBytes(exchange: Exchange, words: DrfMessages): Promise<Uint8Array> {
  try {
    return await exchange.bytes()
  } catch (error) {
    if (error instanceof AuthError && error.code === 'malformed_request') {
      throw refuse(400, words.requests.jsonParseError('the body ended too early'))
    }
    throw error
  }
}

function parseJson(bytes: Uint8Array, words: DrfMessages): unknown {
  const problem = (detail: string): Error => refuse(400, words.requests.jsonParseError(detail))
  let text: string
  try {
    // A byte order mark is not white space to JSON (RFC 8259 §8.1), so it must not be taken away here.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw problem('the body is not UTF-8')
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw problem('the body is not valid JSON')
  }
  const excess = excessOf(value)
  if (excess !== null) throw problem(excess)
  return value
}

/** Walks level by level, so that depth is a rule and not a stack overflow. */
function excessOf(root: unknown): string | null {
  let level: readonly unknown[] = [root]
  let count = 0
  for (let depth = 0; level.length > 0; depth += 1) {
    count += level.length
    if (depth > MAX_DEPTH) return 'the body is nested too deeply'
    if (count > MAX_VALUES) return 'the body holds too many values'
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
  return null
}

/** An uploaded file stays a `File`, which no field takes for text. */
function lastOfEach(entries: Iterable<readonly [string, unknown]>): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = Object.create(null)
  let count = 0
  for (const [name, value] of entries) {
    count += 1
    if (count > MAX_VALUES) throw new AuthError('payload_too_large')
    fields[name] = value
  }
  return fields
}
