import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { hiddenCsrf } from '../shell/hidden-csrf.ts'

export interface PostButton {
  /** Below the mount. */
  readonly path: string
  readonly label: string
  readonly fields: Readonly<Record<string, string>>
  /** What it does to what, for those who do not see the row that it is in. */
  readonly about?: string
}

/** A button that is a form of its own. */
export function postButton(call: AdminCall, { path, label, fields, about }: PostButton): Html {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  const spoken = about === undefined ? '' : html` aria-label="${label}: ${about}"`
  return html`<form method="post" action="${call.exchange.mountPath}${path}">${hiddenCsrf(call)}${hidden}<button type="submit" class="plain"${spoken}>${label}</button></form>`
}
