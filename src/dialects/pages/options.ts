import type { PageLink } from '../../http/page-link.ts'

export interface PagesOptions {
  /** What the index page lists, in this order. @default [] */
  readonly links?: readonly PageLink[]
  /** Whether `/` below the mount is the index page. `false` leaves it to another dialect at the same path. @default true */
  readonly hasIndexPage?: boolean
}
