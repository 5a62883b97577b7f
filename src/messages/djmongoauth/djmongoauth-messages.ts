/** Every sentence of the djmongoauth door. Those of `errors` are a wire format: clients compare them. */
export interface DjmongoauthMessages {
  /** BCP 47. */
  readonly language: string
  readonly errors: {
    /** A key that the body lacks; also the header `Authorization`, by the name that its original has for it. */
    readonly missing: (key: string) => string
    readonly unknownUser: string
    readonly wrongPassword: (username: string) => string
    readonly taken: string
    readonly noToken: string
    readonly unparsableToken: (token: string) => string
    readonly incompleteToken: string
    readonly unreadableExpiry: (text: string) => string
    readonly expiredToken: string
    readonly unknownSession: string
    readonly unknownTokenUser: string
    readonly malformedUserId: (id: string) => string
    /** `null`: the token does not say whose it is. */
    readonly noActiveSession: (username: string | null) => string
    readonly unknownCode: string
    readonly expiredCode: string
    readonly noAddress: string
    readonly field: (field: string, complaint: string) => string
    readonly mailNotSent: { readonly verify: (cause: string) => string; readonly reset: (cause: string) => string }
    readonly linkNotProcessed: (cause: string) => string
    readonly notAuthenticated: (cause: string) => string
    readonly fault: (requestId: string) => string
  }
  readonly mails: { readonly verify: DjmongoauthMailWords; readonly reset: DjmongoauthMailWords }
}

/** One mail: paragraphs around a link that stands alone. */
export interface DjmongoauthMailWords {
  readonly subject: (site: string) => string
  readonly greeting: (username: string | null) => string
  readonly reason: (site: string) => string
  readonly instruction: string
  readonly expiry: (moment: string) => string
  readonly ending: (site: string) => string
}
