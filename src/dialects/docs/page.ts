import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import { type ApiDocument, groupsOf } from './open-api.ts'
import { rowParts } from './row-parts.ts'
import { schemaParts } from './schema-parts.ts'

/** The whole document for a reader. */
export function page(document: ApiDocument): Html {
  const groups = [...groupsOf(document)]
  const shapes = Object.entries(document.components?.schemas ?? {})
  return html`<div class="wide" data-base="${basePath(document)}">
<h1>${document.info.title}</h1>
<p>Every endpoint of the API below <code>${basePath(document) || '/'}</code>, made from its OpenAPI document. Open one to read and to try it.</p>
<form class="tools" role="search" hidden>
<p><label for="search">Search <small class="quiet">press <kbd>/</kbd></small></label> <input id="search" type="search" autocomplete="off"></p>
<p><label for="token">Token <small class="quiet">sent as <code>Authorization: Bearer</code></small></label> <input id="token" autocomplete="off" spellcheck="false"></p>
<p id="found" class="quiet" role="status"></p>
</form>
${groups.map(
  ([name, rows]) => html`<section data-group>
<h2>${name}</h2>
${rows.map((row) => rowParts(document, row))}</section>
`,
)}<section data-group>
<h2>Shapes</h2>
${shapes.map(
  ([name, schema]) => html`<details id="shape-${name}" data-shape="${name.toLowerCase()}">
<summary><code>${name}</code></summary>
${schemaParts(document, schema)}
</details>
`,
)}</section>
</div>`
}

/** Asked on the page's own origin, which may be another name of the same server. */
function basePath({ servers }: ApiDocument): string {
  const { pathname = '' } = URL.parse(servers?.[0]?.url ?? '') ?? {}
  return pathname.replace(/\/$/, '')
}
