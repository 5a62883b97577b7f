import type { DrfMessages } from '../../messages/drf/drf-messages.ts'

/** How a body is read. */
export interface BodyRules {
  readonly words: DrfMessages
  /** `true`: a multipart body whose boundary is not named counts as empty, and is not refused. */
  readonly readsUnboundedMultipart: boolean
}
