import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import type { AdminMessages } from '../../messages/admin/admin-messages.ts'
import type { ColumnValue } from '../options.ts'
import { moment } from './moment.ts'

/** A value as a list shows it. Whatever it is made of, it is text. */
export function cellOf(value: ColumnValue, words: AdminMessages): Html {
  if (value === null || value === '') return html`<span class="none">${words.frame.none}</span>`
  if (value instanceof Date) return moment(value, words)
  if (typeof value === 'boolean') {
    return html`<span class="${value ? 'yes' : 'no'}">${value ? words.values.yes : words.values.no}</span>`
  }
  if (typeof value === 'number') return html`${value.toLocaleString(words.language, { useGrouping: false })}`
  return html`<bdi class="cut">${shortened(value)}</bdi>`
}

/** More of a text than this helps nobody in a list; the page of the user has all of it. */
const MAX_SHOWN = 300

function shortened(text: string): string {
  if (text.length <= MAX_SHOWN) return text
  return `${Array.from(text.slice(0, 2 * MAX_SHOWN))
    .slice(0, MAX_SHOWN)
    .join('')}…`
}
