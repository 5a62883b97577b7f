import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import type { UserId } from '../../model/user.ts'
import type { Crumb } from '../shell/admin-page-parts.ts'
import type { AdminCall } from '../shell/admin-visit.ts'

const TABS = [
  { name: 'change', path: '', right: 'portress.view_user' },
  { name: 'sessions', path: 'sessions/', right: 'portress.view_session' },
  { name: 'attempts', path: 'attempts/', right: 'portress.view_attempt' },
  { name: 'identities', path: 'identities/', right: 'portress.view_user' },
  { name: 'history', path: 'history/', right: 'portress.view_audit' },
] as const

export type UserTab = (typeof TABS)[number]['name']

/** The pages about one user, as far as this operator is offered them. */
export function userTabs({ exchange, words, operator }: AdminCall, id: UserId, here: UserTab): Html {
  const links = TABS.filter(({ right }) => operator.rights.has(right)).map(({ name, path }) => {
    const current = name === here ? html` aria-current="page"` : ''
    return html`<li><a href="${exchange.mountPath}/users/${id}/${path}"${current}>${words.users.tabs[name]}</a></li>\n`
  })
  return html`<nav aria-label="${words.users.tabs.label}"><ul class="links">${links}</ul></nav>`
}

/** The way from the list to a page about one user. */
export function userCrumbs(
  { words }: AdminCall,
  user?: { readonly id: UserId; readonly name: string },
): readonly Crumb[] {
  const list = { label: words.sections.users, path: '/users/' }
  return user === undefined ? [list] : [list, { label: user.name, path: `/users/${user.id}/` }]
}
