import { html } from 'hono/html'
import { adminCountUsers } from '../../commands/admin-count-users.ts'
import { adminListUsers, type ListedUsers } from '../../commands/admin-list-users.ts'
import { AuthError } from '../../errors.ts'
import type { Html } from '../../http/html-page.ts'
import { linkTo } from '../parts/list-links.ts'
import { problemsBy } from '../parts/problems.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { FormPage } from '../shell/admin-row.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { hiddenCsrf } from '../shell/hidden-csrf.ts'
import { writeUnfitQuery } from '../shell/unfit-query.ts'
import { filterGroups } from './filter-groups.ts'
import { offeredActions, submitUserAction } from './user-actions.ts'
import { filterBar } from './user-filter-bar.ts'
import type { UserListParts } from './user-list-parts.ts'
import { readUserListQuery, type UserListQuery } from './user-list-query.ts'
import { userTable } from './user-table.ts'

const PATH = '/users/'

/** The list of users, with what can be done to those that are ticked. */
export function userListPage(parts: UserListParts): FormPage {
  return {
    path: PATH,
    show: (call) => showList(call, parts),
    submit: (call, form) => submitUserAction(call, form),
  }
}

async function showList(call: AdminCall, parts: UserListParts): Promise<Response> {
  const query = readUserListQuery(call, parts)
  if (query === null) return writeUnfitQuery(call, { path: PATH, section: 'users' })
  try {
    const listed = await adminListUsers(call.ctx, query.input)
    const counted = await adminCountUsers(call.ctx, query.input)
    const { list } = call.words.users
    return await writeList(call, { parts, query, listed, sentence: list.count(counted.count, counted.isExact) })
  } catch (error) {
    if (!(error instanceof AuthError) || error.code !== 'validation_failed') throw error
    return refuseQuery(call, { parts, query, error })
  }
}

interface Refused {
  readonly parts: UserListParts
  readonly query: UserListQuery
  readonly error: AuthError
}

/** What was typed to search for can be mended; a cursor or an order that nobody made here cannot. */
async function refuseQuery(call: AdminCall, { parts, query, error }: Refused): Promise<Response> {
  const problems = problemsBy(error, call.words)['query']
  if (problems === undefined) return writeUnfitQuery(call, { path: PATH, section: 'users' })
  const listed: ListedUsers = { users: [], next: null, previous: null, endedEarly: false, match: null }
  return writeList(call, { parts, query: { ...query, search: '' }, listed, sentence: '', problems, status: 400 })
}

interface ListToWrite {
  readonly parts: UserListParts
  readonly query: UserListQuery
  readonly listed: ListedUsers
  readonly sentence: string
  /** Of the search. */
  readonly problems?: readonly string[]
  readonly status?: number
}

async function writeList(call: AdminCall, list: ListToWrite): Promise<Response> {
  const { words, exchange, operator } = call
  const { parts, query, listed, sentence, problems = [], status = 200 } = list
  const groups = await filterGroups(call, parts, query)
  const alert = problems.map((text) => html`<p class="alert" role="alert">${text}</p>`)
  const add = operator.rights.has('portress.add_user')
    ? html`<a class="button" href="${exchange.mountPath}${PATH}add/">${words.users.list.add}</a>`
    : ''
  const content = html`${alert}
<div class="tools"><span class="quiet" role="status">${sentence}</span><span class="end">${exportForm(call)}${add}</span></div>
${filterBar(call, { parts, query, groups })}
<form method="post" action="${exchange.mountPath}${PATH}${new URL(exchange.request.url).search}" data-ticks>
${hiddenCsrf(call)}
${actionBar(call)}
${await userTable(call, { parts, query, users: listed.users, canTick: offeredActions(call).length > 0 })}
</form>
${listed.endedEarly ? html`<p class="quiet">${words.users.list.goOn}</p>` : ''}
${pageLinks(call, listed)}`
  return writeAdminPage(call, { title: words.users.list.title, content, section: 'users', status })
}

/** The file is made by a form: it is dangerous enough to ask for the password. */
function exportForm(call: AdminCall): Html {
  const { exchange, words } = call
  const { search } = new URL(exchange.request.url)
  return html`<form method="post" action="${exchange.mountPath}${PATH}export/${search}" data-export>${hiddenCsrf(call)}
<button type="submit" class="plain">${words.users.list.export}</button><progress hidden max="1" value="0"></progress></form>`
}

function actionBar(call: AdminCall): Html | '' {
  const offered = offeredActions(call)
  if (offered.length === 0) return ''
  const { list } = call.words.users
  const options = offered.map(({ value, label }) => html`<option value="${value}">${label}</option>\n`)
  return html`<div class="actions"><label for="id_action">${list.action}</label>
<select id="id_action" name="action"><option value="">${call.words.frame.none}</option>${options}</select>
<button type="submit" class="plain">${call.words.frame.run}</button>
<span class="quiet" data-selected hidden>${list.selected} <span data-count>0</span></span></div>`
}

function pageLinks(call: AdminCall, { next, previous }: ListedUsers): Html | '' {
  const { words, exchange } = call
  if (next === null && previous === null) return ''
  const isFirst = exchange.query().get('cursor') === null
  const link = (cursor: string | null, label: string, rel: string): Html =>
    html`<a class="button plain" rel="${rel}" href="${linkTo(exchange, { cursor })}">${label}</a>`
  return html`<nav class="pages" aria-label="${words.users.list.title}">
${isFirst ? '' : link(null, words.frame.first, 'first')}
${previous === null || isFirst ? '' : link(previous, words.frame.previous, 'prev')}
${next === null ? '' : link(next, words.frame.next, 'next')}
</nav>`
}
