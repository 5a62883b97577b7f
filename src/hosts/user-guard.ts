/** What of a request tells who sends it; a `Request` is one. */
export interface RequestHead {
  readonly method: string
  readonly headers: { get(name: string): string | null }
}

/** Finds the user of a request, or throws: `auth` is one. */
export interface UserSource<U> {
  /** Throws where the user has not the permission, too. */
  requireUser(request: RequestHead, needs?: { readonly permission?: string }): Promise<U>
}

/** Why a request was refused, as far as a host sees it: an `AuthError` of Portress. */
export interface Refusal {
  readonly code: string
  readonly message: string
  readonly details: { readonly reason?: string | undefined }
}

export interface GuardOptions {
  /** What the user must be allowed to do, such as `blog.add_post`. @default nothing in particular */
  readonly permission?: string
  /**
   * What is answered to whoever has not logged in, or has not the permission.
   *
   * @default 401, or 403 for what a browser sent from another site, with `{"error": "User is not authenticated: …"}`; 403
   * without the permission, with `{"error": "User is not permitted: …"}`
   */
  readonly refuse?: (refusal: Refusal, request: RequestHead) => Response | Promise<Response>
}

/** What became of a request: it may go on as a user, or this is the answer to it. */
export type Guarded<U> = { readonly user: U } | { readonly response: Response }

/**
 * Lets a request in as its user or refuses it. Whatever else goes wrong is thrown, such as a store that cannot be
 * reached: that is no word about who asks.
 */
export async function guardRequest<U>(
  auth: UserSource<U>,
  request: RequestHead,
  { refuse = refuseInEnglish, ...needs }: GuardOptions,
): Promise<Guarded<U>> {
  try {
    return { user: await auth.requireUser(request, needs) }
  } catch (error) {
    if (isRefusal(error)) return { response: await refuse(error, request) }
    throw error
  }
}

/** The head of a request of `node:http`, or of a framework on top of it. */
export function headOf({ method, headers }: NodeRequestHead): RequestHead {
  return {
    method: method ?? 'GET',
    headers: {
      get(name) {
        const value = headers[name.toLowerCase()]
        return Array.isArray(value) ? value.join(', ') : (value ?? null)
      },
    },
  }
}

export interface NodeRequestHead {
  readonly method?: string | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** The users of requests that a guard has let in. */
export interface GuardedUsers<U> {
  keep(request: object, user: U): void
  /** @throws {TypeError} for a request that the guard has not seen */
  userOf(request: object): U
}

/** Kept beside the requests: frameworks type what is put onto one as anybody's. */
export function guardedUsers<U>(): GuardedUsers<U> {
  const users = new WeakMap<object, { readonly user: U }>()
  return {
    keep: (request, user) => void users.set(request, { user }),
    userOf(request) {
      const kept = users.get(request)
      if (kept === undefined)
        throw new TypeError('requireUser() has not let this request in: put it before the handler')
      return kept.user
    },
  }
}

/** Nobody has proven to be somebody, or to be the right one. */
const STATUS: Readonly<Record<string, number>> = {
  not_authenticated: 401,
  token_invalid: 401,
  cross_site_request: 403,
  forbidden: 403,
}

const isRefusal = (error: unknown): error is Error & Refusal =>
  error instanceof Error && error.name === 'AuthError' && 'code' in error && String(error.code) in STATUS

function refuseInEnglish({ code, message }: Refusal): Response {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  const lack = code === 'forbidden' ? 'permitted' : 'authenticated'
  const body = `{"error": ${JSON.stringify(`User is not ${lack}: ${message}`)}}`
  const status = STATUS[code] ?? 401
  // RFC 9110 §11.6.1: a 401 names a challenge.
  return new Response(body, { status, headers: { ...headers, ...(status === 401 ? CHALLENGE : {}) } })
}

const CHALLENGE = { 'www-authenticate': 'Bearer' }
