import { html } from 'hono/html'
import { adminCountAttempts } from '../../commands/admin-count-attempts.ts'
import { adminListAttempts } from '../../commands/admin-list-attempts.ts'
import type { Html } from '../../http/html-page.ts'
import { filterDetails } from '../parts/filter-details.ts'
import { readPosition, writePosition } from '../parts/list-position.ts'
import { moreLink } from '../parts/more-link.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { ShownPage } from '../shell/admin-row.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { writeUnfitQuery } from '../shell/unfit-query.ts'
import { attemptChart } from './attempt-chart.ts'
import { type AttemptQuery, FAILED, OUTCOMES, readAttemptQuery } from './attempt-query.ts'
import { attemptTable } from './attempt-table.ts'

const PATH = '/attempts/'
const LIMIT = 100
const REFRESH_SECONDS = 10

/** Who tried to come in: by the hour as a picture, and one by one, the newest first. */
export const attemptsPage: ShownPage = {
  path: PATH,
  async show(call) {
    const { words, ctx } = call
    const query = readAttemptQuery(call)
    if (query === null) return writeUnfitQuery(call, { path: PATH, section: 'attempts' })
    const before = readPosition(call, 'attempts')
    const page = { limit: LIMIT, ...(before === null ? {} : { before }) }
    const { asked, ...wanted } = query
    const attempts = await adminListAttempts(ctx, { ...wanted, ...page })
    const last = attempts.length < LIMIT ? undefined : attempts.at(-1)
    const { attempts: text } = words.lists
    // Only what is new is looked for by itself: whoever reads older pages must not lose the place.
    const live = before === null ? html` data-live="${REFRESH_SECONDS}"` : ''
    const content = html`${filterForm(call, asked)}
<div id="attempts"${live}>
${attemptChart(call, await adminCountAttempts(ctx, {}))}
${attemptTable(call, attempts)}
</div>
<p class="quiet">${before === null ? text.live : ''}</p>
${moreLink(call, last === undefined ? null : writePosition(call, 'attempts', last))}`
    const refresh = before === null ? { refreshSeconds: REFRESH_SECONDS * 3 } : {}
    return writeAdminPage(call, { title: text.title, content, section: 'attempts', ...refresh })
  },
}

function filterForm({ exchange, words }: AdminCall, asked: AttemptQuery): Html {
  const { attempts } = words.lists
  const names = ['user', 'identifier', 'address', 'door', 'since', 'until'] as const
  const fields = names.map(
    (name) =>
      html`<div class="field"><label for="id_${name}">${attempts[name]}</label><input type="text" id="id_${name}" name="${name}" dir="auto" value="${asked[name]}"></div>\n`,
  )
  const choices = [
    { value: '', label: attempts.anyOutcome },
    { value: FAILED, label: attempts.failed },
    ...OUTCOMES.map((value) => ({ value, label: words.values.outcome[value] })),
  ].map(
    ({ value, label }) =>
      html`<option value="${value}"${value === asked.outcome ? html` selected` : ''}>${label}</option>\n`,
  )
  return html`<form method="get" action="${exchange.path}" class="filters" role="search">
<div class="field"><label for="id_outcome">${attempts.outcome}</label><select id="id_outcome" name="outcome">${choices}</select></div>
${filterDetails({ words, fields, isUsed: names.some((name) => asked[name] !== '') })}
<div class="field"><button type="submit">${words.frame.filter}</button> <a class="button plain" href="${exchange.path}">${words.frame.clear}</a></div>
</form>`
}
