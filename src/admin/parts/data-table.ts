import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'

/** A row, a cell for each heading. */
export type Row = readonly Html[]

/** A plain table, which becomes cards where there is no room for one. */
function dataTable(headings: readonly string[], rows: readonly Row[]): Html {
  const head = headings.map((text) => html`<th scope="col">${text}</th>`)
  const body = rows.map((cells) => {
    const columns = cells.map((cell, index) => html`<td data-label="${headings[index] ?? ''}">${cell}</td>`)
    return html`<tr>${columns}</tr>\n`
  })
  return html`<div class="scroll"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody>
</table></div>`
}

/** The table, or a sentence where it would have no rows. */
export const tableOr = (empty: string, headings: readonly string[], rows: readonly Row[]): Html =>
  rows.length === 0 ? html`<p class="panel quiet">${empty}</p>` : dataTable(headings, rows)
