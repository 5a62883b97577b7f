import { html } from 'hono/html'
import { ERRORS } from '../../errors.ts'
import type { Html } from '../../http/html-page.ts'
import { exampleOf } from './example-of.ts'
import { type ApiDocument, type ApiResponse, type ApiRow, codesIn, rowId, schemaIn } from './open-api.ts'
import { prose, schemaParts } from './schema-parts.ts'

/** One row: closed it is a line, open it says everything and has a form to try it. */
export function rowParts(document: ApiDocument, row: ApiRow): Html {
  const { method, path, operation } = row
  const { summary = '', security = [] } = operation
  const id = rowId(row)
  return html`<details id="${id}" data-row="${searchedText(row)}">
<summary><code class="method">${method}</code> <code>${path}</code> <span class="quiet">${prose(summary)}</span></summary>
<p><a href="#${id}">Link to this endpoint</a>${security.length > 0 ? ' · Wants a session: a token, or the cookie of a browser.' : ''}</p>
<h3>Takes</h3>
${takes(document, row)}
${form(document, row, id)}
<h3>Answers</h3>
${Object.entries(operation.responses ?? {}).map(([status, response]) => answers(document, status, response))}
</details>
`
}

/** What a search looks through: whoever was refused looks for the code, and not for where it came from. */
function searchedText({ method, path, operation }: ApiRow): string {
  const { summary = '', responses = {} } = operation
  const codes = Object.values(responses).flatMap(({ content }) => codesIn(schemaIn(content)))
  return [method, path, summary, ...new Set(codes)].join(' ').toLowerCase()
}

function takes(document: ApiDocument, { operation }: ApiRow): Html {
  const schema = schemaIn(operation.requestBody?.content)
  const types = Object.keys(operation.requestBody?.content ?? {})
  if (schema === null) return html`<p>No body.</p>`
  return html`<p>${types.map((type, index) => html`${index === 0 ? '' : ' or '}<code>${type}</code>`)}</p>
${schemaParts(document, schema)}`
}

function answers(document: ApiDocument, status: string, { description = '', headers, content }: ApiResponse): Html {
  const schema = schemaIn(content)
  const codes = codesIn(schema)
  const named = Object.keys(headers ?? {})
  const told = codes.length > 0 ? codeList(codes) : schema === null ? '' : schemaParts(document, schema)
  return html`<h4><code>${status}</code>${codes.length > 0 ? '' : html` ${prose(description)}`}</h4>
${named.length === 0 ? '' : html`<p>Headers: ${named.map((name) => html`<code>${name}</code> `)}</p>\n`}${told}
`
}

const codeList = (codes: readonly string[]): Html => html`<dl class="codes">
${codes.map((code) => html`<dt><code>${code}</code></dt><dd>${prose(meaningOf(code))}</dd>\n`)}</dl>`

const meaningOf = (code: string): string => (Object.hasOwn(ERRORS, code) ? ERRORS[code as keyof typeof ERRORS] : '')

/** Sent by the script, which also shows it: without one there is nothing to try. */
function form(document: ApiDocument, { method, path, operation }: ApiRow, id: string): Html {
  const schema = schemaIn(operation.requestBody?.content)
  const names = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name)
  return html`<form class="try" method="post" data-method="${method}" data-path="${path}" aria-label="Try ${method} ${path}" hidden>
${names.map((name) => html`<p><label for="${id}-in-${name}">${name}</label> <input id="${id}-in-${name}" name="path-${name}" autocomplete="off" required></p>\n`)}${
  schema === null
    ? ''
    : html`<p><label for="${id}-body">Body</label> <textarea id="${id}-body" name="body" rows="7" spellcheck="false" autocomplete="off">${JSON.stringify(exampleOf(document, schema), null, 2)}</textarea></p>\n`
}<p><button>Send</button></p>
<div class="answer" role="status"></div>
</form>`
}
