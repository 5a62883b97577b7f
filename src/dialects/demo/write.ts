import { html } from 'hono/html'
import { AuthError } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import { demoCatalogues } from '../../messages/demo/catalogues.ts'
import { demoPage } from './demo-page.ts'
import { DEMO_SCRIPT } from './demo-script.ts'
import { DEMO_STYLE } from './demo-style.ts'
import type { DemoOptions } from './options.ts'
import { servedClient } from './served-client.ts'

const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'"

export async function writeDemo(exchange: Exchange, options: DemoOptions): Promise<Response> {
  await demoCatalogues.load(exchange.info.language)
  const words = demoCatalogues.messagesFor(exchange.info.language)
  const { site, user } = exchange.engine.config
  const files = `${exchange.mountPath}/demo`
  const document = html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${words.frame.title(site.name)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${files}/demo.css">
<script type="module" src="${files}/demo.js"></script>
</head>
${demoPage({ words, options, siteName: site.name, user })}
</html>
`
  return new Response(await document, {
    headers: {
      ...exchange.baseHeaders,
      'content-type': 'text/html; charset=utf-8',
      'content-language': words.language,
      'content-security-policy': POLICY,
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'same-origin',
      vary: 'Accept-Language, Origin',
    },
  })
}

const STYLE = 'text/css; charset=utf-8'
const SCRIPT = 'text/javascript; charset=utf-8'

const ASSETS = new Map<string | undefined, { readonly type: string; readonly text: string }>([
  ['demo.css', { type: STYLE, text: DEMO_STYLE }],
  ['demo.js', { type: SCRIPT, text: DEMO_SCRIPT }],
])

/** @throws {AuthError} `not_found` */
export function writeAsset({ baseHeaders, params }: Exchange): Response {
  const asset = ASSETS.get(params['file'])
  if (asset === undefined) throw new AuthError('not_found')
  return new Response(asset.text, { headers: { ...baseHeaders, 'content-type': asset.type } })
}

/** @throws {AuthError} `not_found` */
export async function writeClientFile({ baseHeaders, params }: Exchange): Promise<Response> {
  const text = await servedClient(params['file'])
  return new Response(text, { headers: { ...baseHeaders, 'content-type': SCRIPT } })
}
