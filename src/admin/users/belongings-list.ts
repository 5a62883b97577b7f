import { html } from 'hono/html'
import type { DeletionPreview } from '../../commands/admin-preview-deletion.ts'
import type { Html } from '../../http/html-page.ts'
import type { AdminCall } from '../shell/admin-visit.ts'

type Belongings = DeletionPreview['belongings']

/** What goes with a user, by kind; of each at most a thousand are counted. */
export function belongingsList({ words }: AdminCall, belongings: Belongings): Html {
  const labels = words.users.delete.belongings
  const rows = (Object.keys(labels) as (keyof Belongings)[]).map((name) => {
    const count = belongings[name]
    return html`<dt>${labels[name]}</dt><dd>${words.values.count(count, count < 1000)}</dd>\n`
  })
  return html`<dl class="facts">${rows}</dl>`
}
