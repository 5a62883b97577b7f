import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import type { AdminMessages } from '../../messages/admin/admin-messages.ts'
import { formatMoment } from '../../messages/format-moment.ts'

/** A moment: in UTC and saying so, which a script writes again in the reader's zone. */
export function moment(at: Date | null, words: AdminMessages): Html {
  if (at === null) return html`<span class="none">${words.values.never}</span>`
  return html`<time datetime="${at.toISOString()}" data-local>${formatMoment(at, words.language)}</time>`
}
