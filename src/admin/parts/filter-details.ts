import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import type { AdminMessages } from '../../messages/admin/admin-messages.ts'

export interface FilterDetails {
  readonly words: AdminMessages
  readonly fields: readonly (Html | '')[]
  /** One of them is in use. */
  readonly isUsed: boolean
}

/**
 * The filters of a list: beside each other where there is room, and behind a line to tap on where there is not, unless one is
 * in use. The browser folds them by itself, so it takes no script.
 */
export function filterDetails({ words, fields, isUsed }: FilterDetails): Html {
  return html`<details class="more"${isUsed ? html` open` : ''}><summary>${words.frame.filters}</summary>
${fields}</details>`
}
