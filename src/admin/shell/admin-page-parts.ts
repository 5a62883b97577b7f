import type { Html } from '../../http/html-page.ts'
import type { Section } from './sections.ts'

/** A step on the way to the page that is shown. */
export interface Crumb {
  readonly label: string
  /** Below the mount. */
  readonly path: string
}

export interface AdminPageParts {
  readonly title: string
  readonly content: Html
  /** @default 200 */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: readonly string[]
  /** Which entry of the navigation it belongs to. @default none */
  readonly section?: Section | `page:${string}`
  /** Between the overview and this page. @default [] */
  readonly crumbs?: readonly Crumb[]
  /** The form came back with complaints. @default false */
  readonly hasErrors?: boolean
  /** Loads itself again after so long where there is no script. @default never */
  readonly refreshSeconds?: number
}
