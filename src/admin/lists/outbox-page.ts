import { html } from 'hono/html'
import { adminListMails, type ListedMail } from '../../commands/admin-list-mails.ts'
import { adminRetryMail } from '../../commands/admin-retry-mail.ts'
import type { Html } from '../../http/html-page.ts'
import { cellOf } from '../parts/cell.ts'
import { type Row, tableOr } from '../parts/data-table.ts'
import { linkTo } from '../parts/list-links.ts'
import { readPosition, writePosition } from '../parts/list-position.ts'
import { moment } from '../parts/moment.ts'
import { moreLink } from '../parts/more-link.ts'
import { postButton } from '../parts/post-button.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { FormPage } from '../shell/admin-row.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { doneWithin } from '../shell/redirect.ts'
import { writeUnfitQuery } from '../shell/unfit-query.ts'

const PATH = '/outbox/'
const LIMIT = 100
const STATES = ['waiting', 'sent', 'failed'] as const

/** What was mailed and what waits: to whom and what about, never what a mail says. */
export const outboxPage: FormPage = {
  path: PATH,
  async show(call) {
    const { words, ctx, exchange } = call
    const params = exchange.query()
    const asked = params.get('state') ?? ''
    const state = STATES.find((one) => one === asked)
    const isKnown = [...params.keys()].every((name) => name === 'state' || name === 'cursor')
    if (!isKnown || (state === undefined && asked !== ''))
      return writeUnfitQuery(call, { path: PATH, section: 'outbox' })
    const from = readPosition(call, 'outbox')
    const before = from === null ? {} : { before: { createdAt: from.at, id: from.id } }
    const mails = await adminListMails(ctx, { limit: LIMIT, ...before, ...(state === undefined ? {} : { state }) })
    const { outbox: text } = words.lists
    const headings = [text.written, text.kind, text.to, text.state, text.lastError, words.users.list.action]
    const last = mails.length < LIMIT ? undefined : mails.at(-1)
    const next = last === undefined ? null : writePosition(call, 'outbox', { at: last.createdAt, id: last.id })
    const content = html`${stateLinks(call, asked)}
${tableOr(
  text.empty,
  headings,
  mails.map((mail) => rowOf(call, mail)),
)}
${moreLink(call, next)}`
    return writeAdminPage(call, { title: text.title, content, section: 'outbox' })
  },
  async submit(call, form) {
    const text = form.text('mail')
    const mailId = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : text
    await adminRetryMail(call.ctx, { mailId })
    return doneWithin(call, PATH, call.words.lists.outbox.retried)
  },
}

function stateLinks({ exchange, words }: AdminCall, asked: string): Html {
  const { outbox } = words.lists
  const choices = [{ value: '', label: words.frame.all }, ...STATES.map((value) => ({ value, label: outbox[value] }))]
  const links = choices.map(({ value, label }) => {
    const current = value === asked ? html` aria-current="true"` : ''
    return html`<li><a href="${linkTo(exchange, { state: value })}"${current}>${label}</a></li>\n`
  })
  return html`<nav aria-label="${outbox.state}"><ul class="links">${links}</ul></nav>`
}

function rowOf(call: AdminCall, mail: ListedMail): Row {
  const { words, operator } = call
  const { outbox: text } = words.lists
  const { state, id } = mail
  const tone = { waiting: '', sent: ' good', failed: ' bad' }[state]
  const mayRetry = state === 'waiting' && operator.rights.has('portress.retry_mail')
  const about = mail.kind ?? String(id)
  return [
    moment(mail.createdAt, words),
    cellOf(mail.kind, words),
    cellOf(mail.to, words),
    html`<span class="badge${tone}">${text[state]}</span>`,
    cellOf(mail.lastError, words),
    mayRetry ? postButton(call, { path: PATH, label: text.retry, fields: { mail: String(id) }, about }) : html``,
  ]
}
