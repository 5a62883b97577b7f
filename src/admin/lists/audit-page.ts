import { html } from 'hono/html'
import { adminListAudit } from '../../commands/admin-list-audit.ts'
import { readUserId } from '../../model/user-id.ts'
import { readPosition, writePosition } from '../parts/list-position.ts'
import { moreLink } from '../parts/more-link.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { ShownPage } from '../shell/admin-row.ts'
import { writeUnfitQuery } from '../shell/unfit-query.ts'
import { auditTable } from './audit-table.ts'

const PATH = '/audit/'
const LIMIT = 100

/** Names of actions, as they are written down. */
const ACTION = /^[\w.-]{1,64}$/

/** Longer than any name or address. */
const MAX_NAME_LENGTH = 254

/** What operators did, by whom and of what kind it may be asked. */
export const auditPage: ShownPage = {
  path: PATH,
  async show(call) {
    const { words, ctx, exchange } = call
    const { audit: text } = words.lists
    const params = exchange.query()
    if (![...params].every(isFit)) return writeUnfitQuery(call, { path: PATH, section: 'audit' })
    const [actor, action] = [params.get('actor')?.trim() ?? '', params.get('action') ?? '']
    const actorId = readUserId(actor, ctx.config.ids)
    const filter = { ...(actorId === null ? {} : { actorId: String(actorId) }), ...(action === '' ? {} : { action }) }
    const named = actor === '' || actorId !== null ? {} : { actor }
    const before = readPosition(call, 'audit')
    const entries = await adminListAudit(ctx, {
      filter,
      ...named,
      limit: LIMIT,
      ...(before === null ? {} : { before }),
    })
    const last = entries.length < LIMIT ? undefined : entries.at(-1)
    const content = html`<form method="get" action="${exchange.path}" class="filters" role="search">
<div class="field"><label for="id_actor">${text.actor}</label><input type="text" id="id_actor" name="actor" value="${actor}"></div>
<div class="field"><label for="id_action">${text.action}</label><input type="text" id="id_action" name="action" value="${action}"></div>
<div class="field"><button type="submit">${words.frame.filter}</button> <a class="button plain" href="${exchange.path}">${words.frame.clear}</a></div>
</form>
${auditTable(call, entries, text.empty)}
${moreLink(call, last === undefined ? null : writePosition(call, 'audit', last))}`
    return writeAdminPage(call, { title: text.title, content, section: 'audit' })
  },
}

function isFit([name, value]: [string, string]): boolean {
  if (name === 'cursor') return true
  if (name === 'action') return value === '' || ACTION.test(value)
  return name === 'actor' && value.length <= MAX_NAME_LENGTH && value.isWellFormed() && !value.includes('\0')
}
