import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Exchange } from './exchange.ts'

/** Markup made by the tag `html`, which escapes whatever is put into it. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** A page of the package's own: nothing from elsewhere, one style sheet, no script unless it names one. */
export interface HtmlPage {
  /** BCP 47, of the sentences in it. */
  readonly language: string
  readonly title: string
  readonly content: Html
  /** Path of the style sheet, on the same origin. */
  readonly stylesheet: string
  /** Path of a script, on the same origin, that may ask this origin and nobody else. @default none */
  readonly script?: string
  /** @default 200 */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Loads itself again after so long. @default never */
  readonly refreshSeconds?: number
  /** Goes on to this address by itself, as a page of this site: a redirect would be the step of whoever led here. */
  readonly leadsTo?: string
  /** Where its forms may lead, redirects included, as sources of a content security policy. @default "'self'" */
  readonly formTargets?: string
}

const policyFor = ({ script, formTargets = "'self'" }: HtmlPage): string =>
  `default-src 'none'; style-src 'self'; ${script === undefined ? '' : "script-src 'self'; connect-src 'self'; "}` +
  `form-action ${formTargets}; frame-ancestors 'none'; base-uri 'none'`

/** Writes a page with the frame that all pages share. */
export async function writeHtmlPage(exchange: Exchange, page: HtmlPage): Promise<Response> {
  return new Response(await render(exchange, page), {
    status: page.status ?? 200,
    headers: {
      ...exchange.baseHeaders,
      'content-type': 'text/html; charset=utf-8',
      'content-language': page.language,
      'cross-origin-opener-policy': 'same-origin',
      'content-security-policy': policyFor(page),
      // The origin alone, so that no code in the address goes anywhere. Under `no-referrer` a browser would send
      // `Origin: null` with the page's own form (Fetch, "append a request Origin header"), which nothing may trust.
      'referrer-policy': 'strict-origin',
      vary: 'Accept, Accept-Language, Origin',
      ...page.headers,
    },
  })
}

function render({ engine }: Exchange, page: HtmlPage): Html {
  const { language, title, content, stylesheet, script } = page
  const { name } = engine.config.site
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${refreshOf(page)}
<title>${title === name ? name : `${title} – ${name}`}</title>
<link rel="stylesheet" href="${stylesheet}">
${script === undefined ? '' : html`<script src="${script}" defer></script>`}
</head>
<body>
<header>${name}</header>
<main>
${content}
</main>
</body>
</html>
`
}

function refreshOf({ refreshSeconds, leadsTo }: HtmlPage): Html | '' {
  if (leadsTo !== undefined) return html`<meta http-equiv="refresh" content="0;url=${leadsTo}">`
  return refreshSeconds === undefined ? '' : html`<meta http-equiv="refresh" content="${refreshSeconds}">`
}
