import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { OpenApiDocument } from '../../src/dialects/portress-api/index.ts'

/** An answer as far as the document speaks of it. */
export interface CheckedAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Throws when an answer is not what the document promises for the operation, such as `POST /login`. */
export type AnswerChecker = (operation: string, answer: CheckedAnswer) => void

/** Parts of a document, as deep as they are looked into here. */
interface DescribedResponse {
  readonly headers?: Readonly<Record<string, unknown>>
  readonly content?: Readonly<Record<string, unknown>>
}

export function answerChecker(document: OpenApiDocument): AnswerChecker {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    formats: { 'date-time': isMoment, email: true, password: true, uri: URL.canParse },
  })
  ajv.addSchema(document, 'api')
  return (operation, { status, headers, text }) => {
    const [method = '', path = ''] = operation.split(' ')
    const template = path.replaceAll(/:(\w+)/g, '{$1}')
    const at = ['paths', template, method.toLowerCase(), 'responses', String(status)]
    const described = findIn(document, at) as DescribedResponse | undefined
    if (described === undefined) throw new Error(`${operation} answered ${status}, which is not documented: ${text}`)
    assertHeaders(operation, described, headers)
    const [type] = Object.keys(described.content ?? {})
    if (type === undefined) {
      if (text !== '') throw new Error(`${operation} ${status} should have no body: ${text}`)
      return
    }
    const contentType = headers.get('content-type')
    if (contentType !== type) throw new Error(`${operation} ${status} is ${contentType} instead of ${type}`)
    assertValid(ajv.compile({ $ref: `api#/${[...at, 'content', type, 'schema'].map(pointerPart).join('/')}` }), text)
  }
}

function assertValid(validate: ValidateFunction, text: string): void {
  if (!validate(JSON.parse(text))) throw new Error(`${text} does not fit: ${JSON.stringify(validate.errors, null, 2)}`)
}

/** A documented header is there; a cookie is set only where there is something to keep. */
function assertHeaders(operation: string, described: DescribedResponse, headers: Headers): void {
  for (const name of Object.keys(described.headers ?? {})) {
    if (name !== 'Set-Cookie' && !headers.has(name)) throw new Error(`${operation} answered without ${name}`)
  }
}

function findIn(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], value)
}

/** RFC 6901 §3 and §6: a pointer in a fragment. */
const pointerPart = (key: string): string => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))

const isMoment = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)
