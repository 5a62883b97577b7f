import type { CustomFetchOptions } from 'oauth4webapi'
import type { IdentityProviderTools } from '../contracts/identity-provider.ts'

/** How `oauth4webapi` calls its `customFetch`, for all the requests that are made with it here. */
export type LibraryFetch = (url: string, request: CustomFetchOptions<string, LibraryBody>) => Promise<Response>

type LibraryBody = string | URLSearchParams | ArrayBuffer | Uint8Array | ReadableStream | null | undefined

/** Makes the library's requests go through the engine, with what it says of them and no more. */
export function libraryFetch({ fetch }: IdentityProviderTools): LibraryFetch {
  return (url, { method, headers, body }) => {
    if (body !== undefined && body !== null && !(body instanceof URLSearchParams)) {
      throw new TypeError('only forms are sent to providers')
    }
    return fetch(url, { method, headers, body: body ?? null })
  }
}
