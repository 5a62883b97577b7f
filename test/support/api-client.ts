import type { ResolvedConfig } from '../../src/config/resolved-config.ts'
import type { EndpointName } from '../../src/dialects/portress-api/descriptions.ts'
import { openApiDocument } from '../../src/dialects/portress-api/index.ts'
import { type AnswerChecker, answerChecker } from './answer-checker.ts'

/** What goes along with a call. */
export interface CallOptions {
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>
  /** Sent as it is. */
  readonly body?: NonNullable<RequestInit['body']>
  /** A bearer token. */
  readonly token?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** In place of `:id`. */
  readonly id?: string
  /** In place of `:provider`. */
  readonly provider?: string
}

export interface ApiAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; an empty object where there is none. */
  readonly body: ApiBody
}

/** Every key that answers have. Which of them an answer has, the document says, and the client has checked. */
export interface ApiBody {
  readonly user: ApiUser
  readonly status: string | number
  readonly session: ApiSession
  readonly sessions: readonly ApiSession[]
  readonly isNew: boolean
  readonly providers: readonly { readonly name: string; readonly title: string }[]
  readonly url: string
  readonly identity: ApiIdentity
  readonly identities: readonly ApiIdentity[]
  readonly attempts: readonly Readonly<Record<string, unknown>>[]
  readonly token: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresAt: string
  readonly keys: readonly Readonly<Record<string, unknown>>[]
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly errors: Readonly<Record<string, readonly ApiComplaint[]>>
  readonly requestId: string
}

export interface ApiUser {
  readonly id: number | string
  readonly [name: string]: unknown
}

export interface ApiSession {
  readonly id: string
  readonly carrier: string
  readonly expiresAt: string | null
  readonly isCurrent: boolean
}

export interface ApiIdentity {
  readonly id: number
  readonly provider: string
  readonly subject: string
  readonly email: string | null
}

export interface ApiComplaint {
  readonly code: string
  readonly message: string
}

/** Calls the API and checks every answer against its own document. */
export type ApiClient = (endpoint: EndpointName, options?: CallOptions) => Promise<ApiAnswer>

export interface ApiTarget {
  readonly config: ResolvedConfig
  /** With the mount, without a final slash. */
  readonly url: string
  readonly fetch: (request: Request) => Promise<Response>
}

export async function apiClient({ config, url, fetch }: ApiTarget): Promise<ApiClient> {
  const check: AnswerChecker = answerChecker(await openApiDocument(config))
  return async (endpoint, options = {}) => {
    const [method = '', path = ''] = endpoint.split(' ')
    const address = url + path.replace(':id', options.id ?? 'none').replace(':provider', options.provider ?? 'sample')
    const response = await fetch(new Request(address, { method, headers: headersOf(options), body: bodyOf(options) }))
    const { status, headers } = response
    const text = await response.text()
    check(endpoint, { status, headers, text })
    return { status, headers, text, body: text === '' ? {} : JSON.parse(text) }
  }
}

function headersOf({ json, token, headers }: CallOptions): Record<string, string> {
  return {
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...headers,
  }
}

function bodyOf({ json, form, body }: CallOptions): NonNullable<RequestInit['body']> | null {
  if (json !== undefined) return JSON.stringify(json)
  return form === undefined ? (body ?? null) : new URLSearchParams(form)
}
