import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import type { AdminMessages } from '../../messages/admin/admin-messages.ts'
import { countProblems, type Problems } from './problems.ts'

/** Says above a form that something is wrong in it. What belongs to no field of the form stands here. */
export function errorSummary(problems: Problems, words: AdminMessages, shown?: readonly string[]): Html | '' {
  const count = countProblems(problems)
  if (count === 0) return ''
  const others = Object.entries(problems).flatMap(([name, list]) => (shown?.includes(name) === false ? list : []))
  const rest = others.map((sentence) => html`<li>${sentence}</li>`)
  return html`<div class="alert" role="alert"><p>${words.frame.correct(count)}</p>${
    others.length === 0 ? '' : html`<ul>${rest}</ul>`
  }</div>`
}
