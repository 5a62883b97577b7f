import { TEST_ORIGIN } from '../../../support/test-auth.ts'

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
  /** Sent as `Authorization: Bearer …`, or with the word that the door has for it. */
  readonly jwt?: string | undefined
  /** Sent as `Authorization: Basic …`: `name:password`. */
  readonly basic?: string
  readonly headers?: Readonly<Record<string, string>>
  /** The page that sends it; `null`: the request does not say. @default the site's own beside a cookie, else `null` */
  readonly origin?: string | null
  /** Where it comes from. */
  readonly address?: string
}

/** A row below the mount of a door, and what goes along with it. */
export type Ask = readonly [row: string, options?: CallOptions]

/** A door, as far as a client must know it. */
export interface Place {
  readonly mount: string
  /** @default 'Bearer' */
  readonly jwtKeyword?: 'Bearer' | 'JWT'
}

/** The request of a call: `requestFor(place, 'POST login/', …)`, the path below the mount. */
export function requestFor(place: Place, row: string, options: CallOptions = {}): Request {
  const space = row.indexOf(' ')
  const [method, path] = [row.slice(0, space), row.slice(space + 1)]
  const init = { method, headers: headersOf(place, options), body: bodyOf(options) }
  return new Request(`${TEST_ORIGIN}${place.mount}/${path}`, init)
}

function headersOf({ jwtKeyword = 'Bearer' }: Place, options: CallOptions): Record<string, string> {
  const { json, token, jwt, basic, headers = {}, origin = 'cookie' in headers ? TEST_ORIGIN : null } = options
  return {
    ...(origin === null ? {} : { origin }),
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Token ${token}` }),
    ...(jwt === undefined ? {} : { authorization: `${jwtKeyword} ${jwt}` }),
    ...(basic === undefined ? {} : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` }),
    ...headers,
  }
}

function bodyOf({ json, form, body }: CallOptions): NonNullable<RequestInit['body']> | null {
  if (json !== undefined) return JSON.stringify(json)
  return form === undefined ? (body ?? null) : new URLSearchParams(form)
}
