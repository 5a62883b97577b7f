import { IdentityProviderError } from '../contracts/identity-provider-error.ts'
import { isReachable } from './provider-address.ts'

export interface ProviderFetchOptions {
  readonly environment: 'production' | 'development'
  /** For a whole answer, its body included. @default 10000 */
  readonly timeoutMilliseconds?: number
}

/**
 * Makes the `fetch` of `IdentityProviderTools`: the one way out to a provider.
 *
 * What comes back is somebody else's. It is waited for and read only so far, it is never followed to another place, and
 * it is taken without TLS from this machine alone, and that only in development.
 */
export function providerFetch({
  environment,
  timeoutMilliseconds = 10_000,
}: ProviderFetchOptions): (address: string | URL, init?: RequestInit) => Promise<Response> {
  return async (address, init) => {
    const url = new URL(address)
    if (!isReachable(url, environment)) throw new IdentityProviderError('unreachable', 'insecure_address')
    const signal = AbortSignal.timeout(timeoutMilliseconds)
    try {
      // A redirect is an answer like any other here, and no expected one: where it points to is nobody's business.
      const response = await fetch(url, { ...init, redirect: 'manual', signal })
      const body = await readAll(response)
      const { status, headers } = response
      return new Response(NULL_BODY.has(status) ? null : body, { status, headers: meaningful(headers) })
    } catch (error) {
      if (error instanceof IdentityProviderError) throw error
      // What was thrown may name the address, with secrets in its query, so it is not passed on.
      throw new IdentityProviderError('unreachable', signal.aborted ? 'timeout' : 'network')
    }
  }
}

/** What a profile, a set of keys or a token answer could ever need, several times over. */
const MAX_BYTES = 1_048_576

const NULL_BODY: ReadonlySet<number> = new Set([204, 205, 304])

/** Counts what was unpacked, so that a small body that unpacks to gigabytes is stopped as well. */
async function readAll(response: Response): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    // Leaving the loop closes the connection.
    if (size > MAX_BYTES) throw new IdentityProviderError('unreachable', 'too_large')
    chunks.push(chunk)
  }
  return new Blob(chunks)
}

/** Length and encoding told of the original bytes. */
function meaningful(headers: Headers): Headers {
  const kept = new Headers(headers)
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding']) kept.delete(name)
  return kept
}
