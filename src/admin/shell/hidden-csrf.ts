import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import type { AdminVisit } from './admin-visit.ts'
import { CSRF_FIELD, maskedCsrf } from './csrf-value.ts'

/** The field without which no form of these pages does anything. */
export function hiddenCsrf({ exchange, csrf }: Pick<AdminVisit, 'exchange' | 'csrf'>): Html {
  return html`<input type="hidden" name="${CSRF_FIELD}" value="${maskedCsrf(exchange, csrf)}">`
}
