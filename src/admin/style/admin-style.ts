import type { Accent } from '../shell/accent.ts'
import { BASE_STYLE } from './base-style.ts'
import { FORM_STYLE } from './form-style.ts'
import { LIST_STYLE } from './list-style.ts'

/** The one style sheet. The accent is the only part of it that a site chooses. */
export function adminStyle({ light, onLight, dark, onDark }: Accent): string {
  return `:root { --accent: ${light}; --on-accent: ${onLight}; }
@media (prefers-color-scheme: dark) { :root { --accent: ${dark}; --on-accent: ${onDark}; } }
${BASE_STYLE}${FORM_STYLE}${LIST_STYLE}`
}
