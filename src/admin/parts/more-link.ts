import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { linkTo } from './list-links.ts'

/** The ways to the next page and back to the first one, of a list that is read in one direction. */
export function moreLink({ exchange, words }: AdminCall, next: string | null): Html | '' {
  const isFirst = exchange.query().get('cursor') === null
  if (next === null && isFirst) return ''
  const first = isFirst
    ? ''
    : html`<a class="button plain" rel="first" href="${linkTo(exchange, { cursor: null })}">${words.frame.first}</a>`
  const more =
    next === null
      ? ''
      : html`<a class="button plain" rel="next" href="${linkTo(exchange, { cursor: next })}">${words.frame.next}</a>`
  return html`<nav class="pages" aria-label="${words.frame.next}">${first} ${more}</nav>`
}
