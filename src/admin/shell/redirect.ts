import { adminHeaders } from './admin-page.ts'
import type { AdminVisit } from './admin-visit.ts'
import { csrfCookie } from './csrf-value.ts'
import { type Notice, noticeCookie } from './notice.ts'

export interface Redirect {
  /** An address of this site, as a path. */
  readonly to: string
  /** What the page over there says once. */
  readonly notice?: Notice
  readonly cookies?: readonly string[]
  /** @default 302 */
  readonly status?: 301 | 302
}

/** Leads to another page, never to another site. */
export function redirect(visit: AdminVisit, { to, notice, cookies = [], status = 302 }: Redirect): Response {
  const headers = adminHeaders(visit)
  headers.set('location', to)
  if (visit.csrf.isNew) headers.append('set-cookie', csrfCookie(visit.exchange, visit.csrf))
  if (notice !== undefined) headers.append('set-cookie', noticeCookie(visit.exchange, notice))
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status, headers })
}

/** The same for a page of the admin, by its path below the mount. */
export function redirectWithin(visit: AdminVisit, { to, ...rest }: Redirect): Response {
  return redirect(visit, { ...rest, to: visit.exchange.mountPath + to })
}

/** Says that it is done, and leads on. */
export const doneWithin = (visit: AdminVisit, to: string, text: string): Response =>
  redirectWithin(visit, { to, notice: { tone: 'done', text } })
