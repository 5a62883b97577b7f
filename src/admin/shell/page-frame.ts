import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import { nameOfUser } from '../parts/name-of-user.ts'
import { textIn } from '../parts/text-in.ts'
import type { AdminPageParts } from './admin-page-parts.ts'
import type { AdminVisit, Operator } from './admin-visit.ts'
import { hiddenCsrf } from './hidden-csrf.ts'
import type { Notice } from './notice.ts'
import { SECTIONS } from './sections.ts'

/** What is around the content of each page: head, navigation, the way here, and what has just happened. */
export function pageFrame(visit: AdminVisit, page: AdminPageParts & { readonly notice: Notice | null }): Html {
  const { words, operator } = visit
  const main = html`<main id="content" tabindex="-1">
${operator === null ? '' : crumbsOf(visit, page)}
${noticeBox(page.notice)}
<h1>${page.title}</h1>
${page.content}
</main>`
  if (operator === null) return html`<header class="head">${siteName(visit)}</header>\n${main}`
  return html`<a class="skip" href="#content">${words.frame.skip}</a>
<header class="head">
${siteName(visit)}
${userMenu(visit, operator)}
</header>
<div class="columns">
${navigation(visit, operator, page.section ?? null)}
${main}
</div>`
}

function siteName({ exchange, setup, words }: AdminVisit): Html {
  return html`<a class="site" href="${exchange.mountPath}/">${setup.titleFor(exchange, words)}</a>`
}

function userMenu(visit: AdminVisit, { actor }: Operator): Html {
  const { exchange, words } = visit
  return html`<div class="me">
<span class="who">${nameOfUser(actor.user)}</span>
<a href="${exchange.engine.config.site.origin}/">${words.frame.viewSite}</a>
<a href="${exchange.mountPath}/password_change/">${words.frame.changePassword}</a>
<form method="post" action="${exchange.mountPath}/logout/">${hiddenCsrf(visit)}<button type="submit" class="plain">${words.frame.logOut}</button></form>
</div>`
}

function navigation({ exchange, setup, words }: AdminVisit, { rights }: Operator, section: string | null): Html {
  const link = (path: string, label: string, isHere: boolean): Html =>
    html`<li><a href="${exchange.mountPath}${path}"${isHere ? html` aria-current="page"` : ''}>${label}</a></li>\n`
  const built = SECTIONS.filter(({ right }) => right === null || rights.has(right)).map(({ name, path }) =>
    link(path, words.sections[name], section === name),
  )
  const own = setup.pages
    .filter(({ permission }) => rights.has(permission))
    .map(({ path, title }) => link(`/${path}/`, textIn(title, words.language), section === `page:${path}`))
  return html`<nav class="sections" aria-label="${words.frame.sections}"><ul>
${built}${own}</ul></nav>`
}

function crumbsOf({ exchange, words }: AdminVisit, { crumbs = [], section, title }: AdminPageParts): Html | '' {
  if (section === 'overview') return ''
  const steps = [{ label: words.sections.overview, path: '/' }, ...crumbs].map(
    ({ label, path }) => html`<li><a href="${exchange.mountPath}${path}">${label}</a></li>\n`,
  )
  return html`<nav class="crumbs" aria-label="${words.frame.crumbs}"><ol>
${steps}<li aria-current="page">${title}</li>
</ol></nav>`
}

function noticeBox(notice: Notice | null): Html | '' {
  if (notice === null) return ''
  const isDone = notice.tone === 'done'
  return html`<p class="${isDone ? 'done' : 'alert'}" role="${isDone ? 'status' : 'alert'}">${notice.text}</p>`
}
