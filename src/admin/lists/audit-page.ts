import { html } from 'hono/html'
import { adminListAudit } from '../../commands/admin-list-audit.ts'
import { readPosition, writePosition } from '../parts/list-position.ts'
import { moreLink } from '../parts/more-link.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { ShownPage } from '../shell/admin-row.ts'
import { writeUnfitQuery } from '../shell/unfit-query.ts'
import { auditTable } from './audit-table.ts'

const PATH = '/audit/'
const LIMIT = 100

/** Names of actions and ids of operators, as they are written down. */
const FIT = /^[\w.-]{1,64}$/

/** What operators did, by whom and of what kind it may be asked. */
export const auditPage: ShownPage = {
  path: PATH,
  async show(call) {
    const { words, ctx, exchange } = call
    const { audit: text } = words.lists
    const params = exchange.query()
    const isFit = [...params].every(
      ([name, value]) => name === 'cursor' || (['actor', 'action'].includes(name) && (value === '' || FIT.test(value))),
    )
    if (!isFit) return writeUnfitQuery(call, { path: PATH, section: 'audit' })
    const [actor, action] = [params.get('actor') ?? '', params.get('action') ?? '']
    const filter = { ...(actor === '' ? {} : { actorId: actor }), ...(action === '' ? {} : { action }) }
    const before = readPosition(call, 'audit')
    const entries = await adminListAudit(ctx, { filter, limit: LIMIT, ...(before === null ? {} : { before }) })
    const last = entries.length < LIMIT ? undefined : entries.at(-1)
    const content = html`<form method="get" action="${exchange.path}" class="filters" role="search">
<div class="field"><label for="id_actor">${text.actorId}</label><input type="text" id="id_actor" name="actor" value="${actor}"></div>
<div class="field"><label for="id_action">${text.action}</label><input type="text" id="id_action" name="action" value="${action}"></div>
<div class="field"><button type="submit">${words.frame.filter}</button> <a class="button plain" href="${exchange.path}">${words.frame.clear}</a></div>
</form>
${auditTable(call, entries, text.empty)}
${moreLink(call, last === undefined ? null : writePosition(call, 'audit', last))}`
    return writeAdminPage(call, { title: text.title, content, section: 'audit' })
  },
}
