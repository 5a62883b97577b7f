/** What a log-in left with the client. */
export interface Tokens {
  readonly accessToken: string
  /** Of the access token, in ISO 8601. */
  readonly expiresAt: string
  /** `null` where the access token is good until the session ends. */
  readonly refreshToken: string | null
}

/**
 * Where tokens are between two calls. Several clients may share one place: who finds other tokens there than it used takes
 * those instead of asking for new ones.
 *
 * What throws or rejects here is thrown by the call that asked.
 */
export interface TokenStorage {
  read(): Tokens | null | Promise<Tokens | null>
  /** `null`: forget them. */
  write(tokens: Tokens | null): void | Promise<void>
}

/** Keeps tokens as long as the page, or the process, lives. No other script can read them by name. */
export function memoryTokens(tokens: Tokens | null = null): TokenStorage {
  let kept = tokens
  return {
    read: () => kept,
    write(next) {
      kept = next
    },
  }
}
