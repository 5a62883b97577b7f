import { AuthError } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import { writeHtmlPage } from '../../http/html-page.ts'
import { DOCS_SCRIPT } from './docs-script.ts'
import { DOCS_STYLE } from './docs-style.ts'
import type { ApiDocument } from './open-api.ts'
import { page } from './page.ts'

export function writeDocs(described: Readonly<Record<string, unknown>>, exchange: Exchange): Promise<Response> {
  // OpenAPI 3.1, as whoever made it has promised.
  const document = described as unknown as ApiDocument
  const { mountPath } = exchange
  return writeHtmlPage(exchange, {
    // The words of the document are English, and so are those around them.
    language: 'en',
    title: 'API',
    content: page(document),
    stylesheet: `${mountPath}/assets/docs.css`,
    script: `${mountPath}/assets/docs.js`,
  })
}

const ASSETS = new Map<string | undefined, { readonly type: string; readonly text: string }>([
  ['docs.css', { type: 'text/css; charset=utf-8', text: DOCS_STYLE }],
  ['docs.js', { type: 'text/javascript; charset=utf-8', text: DOCS_SCRIPT }],
])

/** @throws {AuthError} `not_found` */
export function writeAsset({ baseHeaders, params }: Exchange): Response {
  const asset = ASSETS.get(params['file'])
  if (asset === undefined) throw new AuthError('not_found')
  return new Response(asset.text, {
    headers: { ...baseHeaders, 'content-type': asset.type, 'cache-control': 'public, max-age=3600' },
  })
}
