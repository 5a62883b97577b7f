/** What a mail says, before it is text or HTML. Every entry of `before` and `after` is a paragraph. */
export interface Letter {
  readonly language: string
  readonly subject: string
  readonly before: readonly string[]
  readonly link: {
    readonly href: string
    readonly button: string
    /** Stands in front of the link as text. */
    readonly introduction: string
    readonly expiry: string | null
  } | null
  readonly after: readonly string[]
  readonly footer: string
}
