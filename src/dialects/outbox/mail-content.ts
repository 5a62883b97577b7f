import { html } from 'hono/html'
import type { OutboxEntry } from '../../commands/list-outbox.ts'
import type { Html } from '../../http/html-page.ts'
import { formatMoment } from '../../messages/format-moment.ts'
import type { Messages } from '../../messages/messages.ts'
import { mailState } from './mail-state.ts'
import { splitAtLinks } from './split-at-links.ts'

export interface MailContent {
  readonly entry: OutboxEntry
  readonly messages: Messages
  readonly mountPath: string
}

/** One mail: its facts, its text part with links to press, and a way to its HTML part. */
export function mailContent({ entry, messages, mountPath }: MailContent): Html {
  const { kind, to, mail, createdAt } = entry
  const words = messages.pages.outbox
  const recipient = to === null ? '' : html`<dt>${words.to}</dt><dd>${to}</dd>`
  return html`<div class="wide">
<p><a href="${mountPath}">← ${words.back}</a></p>
<h1>${mail?.subject ?? kind ?? words.title}</h1>
<dl>${recipient}
<dt>${words.createdAt}</dt><dd><time datetime="${createdAt.toISOString()}">${formatMoment(createdAt, messages.language)}</time></dd>
<dt>${words.state}</dt><dd class="${entry.state}">${mailState(entry, words)}</dd></dl>
${mail === null ? missingMail(entry, messages) : parts(mail.text, `${mountPath}/${encodeURIComponent(entry.id)}/html`, messages)}
</div>`
}

function missingMail({ state }: OutboxEntry, { pages }: Messages): Html | string {
  return state === 'waiting' ? '' : html`<p class="quiet">${pages.outbox.erased}</p>`
}

function parts(text: string, htmlPath: string, { pages: { outbox } }: Messages): Html {
  const pieces = splitAtLinks(text).map((piece) =>
    piece.href === null ? piece.text : html`<a href="${piece.href}">${piece.text}</a>`,
  )
  return html`<h2>${outbox.asText}</h2>
<pre>${pieces}</pre>
<p><a href="${htmlPath}">${outbox.asHtml}</a></p>`
}
