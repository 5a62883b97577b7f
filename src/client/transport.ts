import type { EndpointName } from '../dialects/portress-api/descriptions.ts'
import { readAnswer } from './read-answer.ts'
import type { Result } from './result.ts'

/** What every method takes besides its input. */
export interface CallOptions {
  /** Ends the call: it then rejects with the signal's reason, as `fetch` does. What the server did stays done. */
  readonly signal?: AbortSignal | undefined
}

export interface Call extends CallOptions {
  /** In place of `:id` or `:provider` in the row. */
  readonly param?: string | number
  readonly body?: object
  /** What a good answer has at least; left out where it is empty. */
  readonly key?: string
}

/** What proves who calls. */
export interface Proof {
  readonly token: string | null
  /** Whether the browser may add its cookies. */
  readonly credentials: 'include' | 'omit'
}

export type Send = <T>(row: EndpointName, call: Call, proof: Proof) => Promise<Result<T>>

/** Puts a row of the API into a request, and what comes back into a result. */
export function transport(base: string, fetch: typeof globalThis.fetch): Send {
  return async <T>(row: EndpointName, { param = '', body, key, signal }: Call, proof: Proof): Promise<Result<T>> => {
    const [method = '', path = ''] = row.split(' ')
    // A segment like this would be resolved away, and another row be called.
    if (/:\w/.test(path) && /^\.{0,2}$/.test(String(param))) {
      throw new TypeError(`${JSON.stringify(param)} is no id and no name`)
    }
    const request = {
      method,
      headers: headersOf(body, proof),
      credentials: proof.credentials,
      // The API sends nobody elsewhere: whoever does is not the API, and gets no password.
      redirect: 'manual',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    } as const
    try {
      const response = await fetch(base + path.replace(/:\w+/, encodeURIComponent(param)), request)
      const { status, headers } = response
      return readAnswer({ status, headers, text: await response.text() }, key ?? null)
    } catch (cause) {
      signal?.throwIfAborted()
      return { ok: false, error: { code: 'network', cause } }
    }
  }
}

function headersOf(body: object | undefined, { token }: Proof): Record<string, string> {
  return {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  }
}
