import { html } from 'hono/html'
import { writeAdminPage } from './admin-page.ts'
import type { AdminPageParts } from './admin-page-parts.ts'
import type { AdminCall } from './admin-visit.ts'

/** Answers an address that asks for a list by what it cannot be asked by. */
export function writeUnfitQuery(
  call: AdminCall,
  { path, section }: { readonly path: string } & Pick<AdminPageParts, 'section'>,
): Promise<Response> {
  const { title, sentence, back } = call.words.unfitQuery
  const content = html`<p class="alert" role="alert">${sentence}</p>
<p><a href="${call.exchange.mountPath}${path}">${back}</a></p>`
  return writeAdminPage(call, { title, content, status: 400, ...(section === undefined ? {} : { section }) })
}
