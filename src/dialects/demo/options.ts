import type { PageLink } from '../../http/page-link.ts'

export interface DemoOptions {
  /** Where `portressApi()` is mounted. @default '/api' */
  readonly api?: string
  /** Where `outbox()` is mounted, to lead there when a mail was written. @default null: mails are sent */
  readonly outbox?: string | null
  /** What is listed at the foot of the page, in this order. @default [] */
  readonly links?: readonly PageLink[]
}
