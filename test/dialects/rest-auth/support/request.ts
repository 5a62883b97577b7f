import type { RestAuthOptions } from '../../../../src/dialects/rest-auth/options.ts'
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
  /** Sent as `Authorization: Bearer …`; in generation 0.9 as `JWT …`. */
  readonly jwt?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** The page that sends it; `null`: the request does not say. @default the site's own beside a cookie, else `null` */
  readonly origin?: string | null
  /** Where it comes from. */
  readonly address?: string
}

/** The door, as far as a client must know it. */
export type Door = Pick<RestAuthOptions, 'generation'> & { readonly mount: string }

/** The request of a call, for tests that send it another way. */
export function requestFor(door: Door, row: string, options: CallOptions = {}): Request {
  const space = row.indexOf(' ')
  const [method, path] = [row.slice(0, space), row.slice(space + 1)]
  const headers = headersOf(door, options)
  return new Request(`${TEST_ORIGIN}${door.mount}/${path}`, { method, headers, body: bodyOf(options) })
}

function headersOf({ generation }: Door, options: CallOptions): Record<string, string> {
  const { json, token, jwt, headers = {}, origin = 'cookie' in headers ? TEST_ORIGIN : null } = options
  return {
    ...(origin === null ? {} : { origin }),
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Token ${token}` }),
    ...(jwt === undefined ? {} : { authorization: `${generation === '0.9' ? 'JWT' : 'Bearer'} ${jwt}` }),
    ...headers,
  }
}

function bodyOf({ json, form, body }: CallOptions): NonNullable<RequestInit['body']> | null {
  if (json !== undefined) return JSON.stringify(json)
  return form === undefined ? (body ?? null) : new URLSearchParams(form)
}
