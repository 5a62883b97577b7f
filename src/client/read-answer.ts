import type { ClientError, InvalidInput, Refusal, Result } from './result.ts'

/** An answer as far as it has been read. */
export interface ReceivedAnswer {
  readonly status: number
  readonly headers: Pick<Headers, 'get'>
  readonly text: string
}

/**
 * Tells a good answer from a refusal, and both from what somebody in between may have sent. `key` is what the body of a good
 * answer has at least; `null` where it has none.
 */
export function readAnswer<T>(answer: ReceivedAnswer, key: string | null): Result<T> {
  const { status, text } = answer
  const body = objectIn(text)
  const isGood = key === null ? status === 202 || status === 204 : status === 200 || status === 201
  // The one place where bytes become data: the types are those that the server's own schemas are held to.
  if (isGood && (key === null || key in body)) return { ok: true, value: (key === null ? undefined : body) as T }
  return { ok: false, error: errorIn(answer, body) }
}

type Body = Readonly<Record<string, unknown>>

/** What the API refuses for calls itself so: no other server's answer is taken for one. */
const TYPE = 'urn:portress:error:'

function errorIn({ status, headers }: ReceivedAnswer, { type, code, detail, errors, requestId }: Body): ClientError {
  const retryAfter = headers.get('retry-after') ?? ''
  const retryAfterSeconds = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) : null
  const isRefusal = typeof code === 'string' && type === TYPE + code && typeof detail === 'string'
  if (status < 400 || !isRefusal) {
    const id = typeof requestId === 'string' ? requestId : null
    return { code: 'unexpected_answer', status, requestId: id, retryAfterSeconds }
  }
  if (code === 'validation_failed') return { code, status, detail, fields: fieldsIn(errors) }
  return { code: code as Refusal['code'], status, detail, retryAfterSeconds }
}

/** Complaints that cannot be read are left out: the refusal itself stands. */
function fieldsIn(errors: unknown): InvalidInput['fields'] {
  const lists = Object.entries(isObject(errors) ? errors : {}).filter(([, list]) => Array.isArray(list))
  return Object.fromEntries(lists) as InvalidInput['fields']
}

function objectIn(text: string): Body {
  try {
    const body: unknown = JSON.parse(text)
    return isObject(body) ? body : {}
  } catch {
    return {}
  }
}

const isObject = (value: unknown): value is Body => typeof value === 'object' && value !== null
