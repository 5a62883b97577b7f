import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import type { AdminPageParts } from './admin-page-parts.ts'
import type { AdminVisit } from './admin-visit.ts'
import { assetPath } from './asset.ts'
import { csrfCookie } from './csrf-value.ts'
import { forgetNotice, noticeOf } from './notice.ts'
import { pageFrame } from './page-frame.ts'

/** As Django's admin sends it: nothing of these pages is kept anywhere. */
const NO_STORE = 'max-age=0, no-cache, no-store, must-revalidate, private'

const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

/** The headers that every answer of these pages has. */
export function adminHeaders({ exchange }: Pick<AdminVisit, 'exchange'>): Headers {
  return new Headers({
    ...exchange.baseHeaders,
    'cache-control': NO_STORE,
    'content-security-policy': POLICY,
    'cross-origin-opener-policy': 'same-origin',
    // Whatever other origins the site trusts: none of them embeds anything of these pages.
    'cross-origin-resource-policy': 'same-origin',
    // Under `no-referrer` a browser would send `Origin: null` with the page's own form, which nothing may trust.
    'referrer-policy': 'same-origin',
    vary: 'Accept-Language, Cookie, Origin',
  })
}

export async function writeAdminPage(visit: AdminVisit, page: AdminPageParts): Promise<Response> {
  const { exchange, setup, csrf, words } = visit
  const notice = noticeOf(exchange)
  const headers = adminHeaders(visit)
  headers.set('content-type', 'text/html; charset=utf-8')
  headers.set('content-language', words.language)
  for (const [name, value] of Object.entries(page.headers ?? {})) headers.set(name, value)
  if (csrf.isNew) headers.append('set-cookie', csrfCookie(exchange, csrf))
  if (notice !== null) headers.append('set-cookie', forgetNotice(exchange))
  for (const cookie of page.cookies ?? []) headers.append('set-cookie', cookie)
  const title = page.hasErrors === true ? `${words.frame.errorPrefix} ${page.title}` : page.title
  const document = html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${refreshOf(page)}<title>${title} | ${setup.titleFor(exchange, words)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assetPath(exchange, setup.style)}">
<script src="${assetPath(exchange, setup.script)}" defer></script>
</head>
<body${bodyAttributes(visit)}>
${pageFrame(visit, { ...page, notice })}
</body>
</html>
`
  return new Response(await document, { status: page.status ?? 200, headers })
}

/** The script takes its few words from here. */
function bodyAttributes({ operator, words: { frame } }: AdminVisit): Html {
  if (operator === null) return html` class="outside"`
  const { available, chosen, choose, unchoose, search } = frame
  return html` data-available="${available}" data-chosen="${chosen}" data-choose="${choose}" data-unchoose="${unchoose}" data-search="${search}"`
}

/** Only for readers without script: with it the page looks for what is new by itself. */
function refreshOf({ refreshSeconds }: AdminPageParts): Html | '' {
  if (refreshSeconds === undefined) return ''
  return html`<noscript><meta http-equiv="refresh" content="${refreshSeconds}"></noscript>
`
}
