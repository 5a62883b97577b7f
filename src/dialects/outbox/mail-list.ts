import { html } from 'hono/html'
import type { OutboxEntry } from '../../commands/list-outbox.ts'
import type { Html } from '../../http/html-page.ts'
import { formatMoment } from '../../messages/format-moment.ts'
import type { Messages } from '../../messages/messages.ts'
import { mailState } from './mail-state.ts'

export interface MailList {
  readonly entries: readonly OutboxEntry[]
  readonly messages: Messages
  /** Mails stay readable once they are sent. */
  readonly isKept: boolean
  readonly mountPath: string
}

export function mailList({ entries, messages, isKept, mountPath }: MailList): Html {
  const words = messages.pages.outbox
  const rows = entries.map((entry) => row(entry, messages, mountPath))
  const list = entries.length === 0 ? html`<p class="quiet">${words.empty}</p>` : html`<ol class="mails">${rows}</ol>`
  return html`<div class="wide">
<h1>${words.title}</h1>
<p>${isKept ? words.explanation : words.erasing}</p>
${list}
</div>`
}

function row(entry: OutboxEntry, messages: Messages, mountPath: string): Html {
  const { id, kind, to, mail, createdAt, state } = entry
  const words = messages.pages.outbox
  const subject = mail?.subject ?? kind ?? words.erased
  const recipient = to === null ? '' : html`<span>${words.to}: ${to}</span>`
  return html`<li><a href="${mountPath}/${encodeURIComponent(id)}">
<span class="subject">${subject}</span>
<span class="facts">${recipient}
<time datetime="${createdAt.toISOString()}">${formatMoment(createdAt, messages.language)}</time>
<span class="${state}">${mailState(entry, words)}</span></span>
</a></li>
`
}
