import { TEST_ORIGIN } from '../../../support/test-auth.ts'

/** Where the door is. */
export const MOUNT = '/accounts'

/** What goes along with a call. */
export interface CallOptions {
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>
  /** Sent as it is. */
  readonly body?: NonNullable<RequestInit['body']>
  /** Sent as `Authorization: Token …`. */
  readonly token?: string | undefined
  /** Sent as `Authorization: Basic …`: `name:password`. */
  readonly basic?: string
  readonly headers?: Readonly<Record<string, string>>
  /** The page that sends it; `null`: the request does not say. @default the site's own beside a cookie, else `null` */
  readonly origin?: string | null
  /** Where it comes from. */
  readonly address?: string
}

/** The request of a call: `requestFor('POST login/', …)`, the path below the mount. */
export function requestFor(row: string, options: CallOptions = {}): Request {
  const space = row.indexOf(' ')
  const [method, path] = [row.slice(0, space), row.slice(space + 1)]
  return new Request(`${TEST_ORIGIN}${MOUNT}/${path}`, { method, headers: headersOf(options), body: bodyOf(options) })
}

function headersOf(options: CallOptions): Record<string, string> {
  const { json, token, basic, headers = {}, origin = 'cookie' in headers ? TEST_ORIGIN : null } = options
  return {
    ...(origin === null ? {} : { origin }),
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Token ${token}` }),
    ...(basic === undefined ? {} : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` }),
    ...headers,
  }
}

function bodyOf({ json, form, body }: CallOptions): NonNullable<RequestInit['body']> | null {
  if (json !== undefined) return JSON.stringify(json)
  return form === undefined ? (body ?? null) : new URLSearchParams(form)
}
