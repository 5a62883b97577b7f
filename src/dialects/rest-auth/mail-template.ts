import type { RenderedMail, StyledMailInput } from '../../http/dialect.ts'

/** What a mail of this door is written from. */
export interface RestAuthMailInput {
  /** BCP 47. */
  readonly language: string
  readonly siteName: string
  /** With its port, where that is not the protocol's own. */
  readonly domain: string
  readonly user: StyledMailInput['recipient']
  /** The whole address; `null` where the mail has no link. */
  readonly url: string | null
}

/** Writes one mail in place of the built-in words. It escapes what it puts into HTML. */
export type RestAuthMailTemplate = (input: RestAuthMailInput) => RenderedMail
