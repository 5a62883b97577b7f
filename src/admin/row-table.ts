import type { Method } from '../http/route.ts'

/** The paths below the mount with the methods that they answer. */
const PATHS: readonly (readonly [path: string, ...methods: ('GET' | 'POST')[]])[] = [
  ['/assets/:file', 'GET'],
  ['/login/', 'GET', 'POST'],
  ['/', 'GET'],
  ['/logout/', 'POST'],
  ['/password_change/', 'GET', 'POST'],
  ['/password_change/done/', 'GET'],
  ['/users/', 'GET', 'POST'],
  ['/users/export/', 'POST'],
  ['/users/add/', 'GET', 'POST'],
  ['/users/:id/', 'GET', 'POST'],
  ['/users/:id/password/', 'GET', 'POST'],
  ['/users/:id/delete/', 'GET', 'POST'],
  ['/users/:id/sessions/', 'GET', 'POST'],
  ['/users/:id/attempts/', 'GET'],
  ['/users/:id/identities/', 'GET'],
  ['/users/:id/history/', 'GET'],
  ['/groups/', 'GET'],
  ['/groups/add/', 'GET', 'POST'],
  ['/groups/:id/', 'GET', 'POST'],
  ['/groups/:id/delete/', 'GET', 'POST'],
  ['/attempts/', 'GET'],
  ['/locks/', 'GET', 'POST'],
  ['/addresses/', 'GET', 'POST'],
  ['/outbox/', 'GET', 'POST'],
  ['/audit/', 'GET'],
]

/** What is answered to whom is not logged in. */
const PUBLIC: ReadonlySet<string> = new Set(['/assets/:file', '/login/'])

/** A row of the admin before its page has been loaded. */
export interface AdminRow {
  readonly method: Method
  readonly path: string
  readonly guard: 'public' | 'session'
}

/**
 * Every row of the admin. It is apart from the pages, which are only loaded once somebody opens one: most processes that
 * start never show any, and they are a fifth of what there would be to load.
 */
export function adminRows(ownPages: readonly { readonly path: string }[]): readonly AdminRow[] {
  const own = ownPages.map(({ path }) => [`/${path}/`, 'GET'] as const)
  return [...PATHS, ...own].flatMap(([path, ...methods]) =>
    methods.map((method) => ({ method, path, guard: PUBLIC.has(path) ? 'public' : 'session' }) as const),
  )
}

/** What a row is known by. */
export const rowName = ({ method, path }: Pick<AdminRow, 'method' | 'path'>): string => `${method} ${path}`
