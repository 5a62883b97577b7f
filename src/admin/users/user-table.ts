import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import type { Account } from '../../model/account.ts'
import { cellOf } from '../parts/cell.ts'
import { linkTo } from '../parts/list-links.ts'
import { nameOfUser } from '../parts/name-of-user.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import type { ListedColumn } from './user-columns.ts'
import type { UserListParts } from './user-list-parts.ts'
import type { UserListQuery } from './user-list-query.ts'

interface UserTable {
  readonly parts: UserListParts
  readonly query: UserListQuery
  readonly users: readonly Account[]
  readonly canTick: boolean
}

/** The users of a page, a row each; on a narrow screen a card each. */
export async function userTable(call: AdminCall, { parts, query, users, canTick }: UserTable): Promise<Html> {
  const { words } = call
  if (users.length === 0) return html`<p class="panel quiet">${words.users.list.empty}</p>`
  const headings = parts.columns.map((column) => heading(call, column, query))
  const rows = await Promise.all(users.map((user) => rowOf(call, { user, columns: parts.columns, canTick })))
  const all = canTick
    ? html`<th class="tick" scope="col"><input type="checkbox" data-all hidden aria-label="${words.users.list.selectAll}"></th>`
    : ''
  return html`<div class="scroll"><table>
<thead><tr>${all}${headings}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>`
}

function heading({ exchange, words }: AdminCall, column: ListedColumn, { order }: UserListQuery): Html {
  const { orderBy, label } = column
  const text = label(words)
  if (orderBy === null) return html`<th scope="col">${text}</th>`
  const isOrder = order.by === orderBy
  const isDescending = isOrder && order.isDescending
  const sort = isOrder ? html` aria-sort="${isDescending ? 'descending' : 'ascending'}"` : ''
  const to = linkTo(exchange, { o: isOrder && !isDescending ? `-${orderBy}` : orderBy })
  const mark = isOrder ? (isDescending ? ' ▾' : ' ▴') : ''
  return html`<th scope="col"${sort}><a href="${to}">${text}</a>${mark}</th>`
}

interface Row {
  readonly user: Account
  readonly columns: readonly ListedColumn[]
  readonly canTick: boolean
}

async function rowOf({ exchange, words }: AdminCall, { user, columns, canTick }: Row): Promise<Html> {
  const name = nameOfUser(user)
  const tick = html`<td class="tick" data-label=""><input type="checkbox" name="_selected_action" value="${user.id}" aria-label="${words.users.list.selectOne(name)}"></td>`
  const cells = await Promise.all(
    columns.map(async (column, index) => {
      const shown = cellOf(await column.value(user, words), words)
      const label = column.label(words)
      if (index > 0) return html`<td data-label="${label}">${shown}</td>`
      return html`<th scope="row" data-label="${label}"><a href="${exchange.mountPath}/users/${user.id}/">${shown}</a></th>`
    }),
  )
  return html`<tr>${canTick ? tick : ''}${cells}</tr>\n`
}
