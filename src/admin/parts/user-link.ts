import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import type { UserId } from '../../model/user.ts'
import type { AdminCall } from '../shell/admin-visit.ts'

/** A user by name, with the way to their page for whoever may see it. */
export function userLink({ exchange, operator }: AdminCall, id: UserId | string, name: string): Html {
  if (!operator.rights.has('portress.view_user')) return html`<bdi>${name}</bdi>`
  return html`<a href="${exchange.mountPath}/users/${id}/"><bdi>${name}</bdi></a>`
}
