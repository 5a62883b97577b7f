import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import { filterDetails } from '../parts/filter-details.ts'
import type { Choice } from '../parts/form-field.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import type { ListedFilter } from './user-filters.ts'
import type { UserListParts } from './user-list-parts.ts'
import type { UserListQuery } from './user-list-query.ts'

interface FilterBar {
  readonly parts: UserListParts
  readonly query: UserListQuery
  readonly groups: readonly Choice[]
}

/** Search and filters, as one form that asks for the list anew. */
export function filterBar(call: AdminCall, { parts, query, groups }: FilterBar): Html {
  const { words, exchange } = call
  const order = exchange.query().get('o')
  const filters = parts.filters.map((filter) => filterField(call, filter, { query, groups }))
  const isUsed = Object.keys(query.chosen).length > 0
  const isAsked = query.search !== '' || isUsed
  const clear = isAsked ? html`<a class="button plain" href="${exchange.path}">${words.frame.clear}</a>` : ''
  return html`<form method="get" action="${exchange.path}" class="filters" role="search">
${order === null ? '' : html`<input type="hidden" name="o" value="${order}">`}
<div class="field search"><label for="id_q">${words.users.list.searchLabel}</label><input type="search" id="id_q" name="q" dir="auto" value="${query.search}"></div>
${filters.some((field) => field !== '') ? filterDetails({ words, fields: filters, isUsed }) : ''}
<div class="field"><button type="submit">${words.frame.search}</button> ${clear}</div>
</form>`
}

function filterField(
  { words, operator }: AdminCall,
  filter: ListedFilter,
  { query, groups }: Pick<FilterBar, 'query' | 'groups'>,
): Html | '' {
  if (filter.right !== undefined && !operator.rights.has(filter.right)) return ''
  const choices = filter.isOfGroups ? groups : filter.choices(words)
  // As in Django's admin: where there are no groups there is nothing to filter by.
  if (choices.length === 0) return ''
  const chosen = query.chosen[filter.name] ?? ''
  const options = [{ value: '', label: words.frame.all }, ...choices].map(
    ({ value, label }) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>\n`,
  )
  const id = `id_filter_${filter.name}`
  return html`<div class="field"><label for="${id}">${filter.label(words)}</label><select id="${id}" name="${filter.name}">${options}</select></div>\n`
}
