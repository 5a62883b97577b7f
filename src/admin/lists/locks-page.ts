import { html } from 'hono/html'
import { adminEndLock } from '../../commands/admin-end-lock.ts'
import { type AdminListLocksInput, adminListLocks, type ListedLock } from '../../commands/admin-list-locks.ts'
import type { Html } from '../../http/html-page.ts'
import { cellOf } from '../parts/cell.ts'
import { type Row, tableOr } from '../parts/data-table.ts'
import { readPosition, writePosition } from '../parts/list-position.ts'
import { moment } from '../parts/moment.ts'
import { moreLink } from '../parts/more-link.ts'
import { postButton } from '../parts/post-button.ts'
import { userLink } from '../parts/user-link.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { FormPage } from '../shell/admin-row.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { doneWithin } from '../shell/redirect.ts'

const PATH = '/locks/'
const LIMIT = 100

/** In a position, in place of the end of a lock that has none. */
const NEVER = new Date(8.64e15)

/** What wrong passwords have locked, each with a button that ends the lock. */
export const locksPage: FormPage = {
  path: PATH,
  async show(call) {
    const { words, ctx } = call
    const { locks: text } = words.lists
    const locks = await adminListLocks(ctx, { limit: LIMIT, ...afterOf(call) })
    const last = locks.length < LIMIT ? undefined : locks.at(-1)
    const next = last === undefined ? null : writePosition(call, 'locks', { at: last.until ?? NEVER, id: last.id })
    const headings = [text.subject, text.address, text.until, words.users.list.action]
    const content = html`<p class="quiet">${text.explanation}</p>
${tableOr(
  text.empty,
  headings,
  locks.map((lock) => rowOf(call, lock)),
)}
${moreLink(call, next)}`
    return writeAdminPage(call, { title: text.title, content, section: 'locks' })
  },
  async submit(call, form) {
    await adminEndLock(call.ctx, { lockId: form.text('lock'), proofSeconds: call.setup.proofSeconds })
    return doneWithin(call, PATH, call.words.lists.locks.unlocked)
  },
}

/** Behind which lock the page begins, where the address says so. */
function afterOf(call: AdminCall): Pick<AdminListLocksInput, 'after'> {
  const from = readPosition(call, 'locks')
  if (from === null) return {}
  return { after: { id: String(from.id), until: from.at.getTime() === NEVER.getTime() ? null : from.at } }
}

function rowOf(call: AdminCall, lock: ListedLock): Row {
  const { words, operator } = call
  const { locks: text } = words.lists
  const until = lock.until === null ? html`${words.values.forever}` : moment(lock.until, words)
  const about = lock.userName ?? lock.address ?? text.kinds[lock.kind]
  const button = operator.rights.has('portress.unlock')
    ? postButton(call, { path: PATH, label: text.unlock, fields: { lock: lock.id }, about })
    : html``
  const address =
    lock.address === null ? html`<span class="none">${text.everywhere}</span>` : cellOf(lock.address, words)
  return [subjectOf(call, lock), address, until, button]
}

function subjectOf(call: AdminCall, { kind, userId, userName }: ListedLock): Html {
  const text = call.words.lists.locks.kinds[kind]
  if (userId === null || userName === null) return html`${text}`
  return html`${userLink(call, userId, userName)}${kind === 'device' ? html` (${text})` : ''}`
}
