/** Why a request that relies on a cookie was refused. */
export interface CsrfWords {
  /** Around one of the reasons below. */
  readonly failed: (reason: string) => string
  readonly cookieNotSet: string
  readonly cookieLength: string
  readonly cookieCharacters: string
  readonly tokenMissing: string
  /** `header`: by which one the token came; `null` for the field of a form. */
  readonly tokenIncorrect: (header: string | null) => string
  readonly tokenLength: (header: string | null) => string
  readonly tokenCharacters: (header: string | null) => string
  readonly originUntrusted: (origin: string) => string
  readonly refererMissing: string
  readonly refererMalformed: string
  readonly refererInsecure: string
  readonly refererUntrusted: (referer: string) => string
}

/**
 * The same in every language, as in the original: nobody but a developer meets these sentences, and scripts find the
 * need for a fresh token by their first words.
 */
export const csrfWords: CsrfWords = {
  failed: (reason) => `CSRF Failed: ${reason}`,
  cookieNotSet: 'CSRF cookie not set.',
  cookieLength: 'CSRF cookie has incorrect length.',
  cookieCharacters: 'CSRF cookie has invalid characters.',
  tokenMissing: 'CSRF token missing.',
  tokenIncorrect: (header) => `${tokenFrom(header)} incorrect.`,
  tokenLength: (header) => `${tokenFrom(header)} has incorrect length.`,
  tokenCharacters: (header) => `${tokenFrom(header)} has invalid characters.`,
  originUntrusted: (origin) => `Origin checking failed - ${origin} does not match any trusted origins.`,
  refererMissing: 'Referer checking failed - no Referer.',
  refererMalformed: 'Referer checking failed - Referer is malformed.',
  refererInsecure: 'Referer checking failed - Referer is insecure while host is secure.',
  refererUntrusted: (referer) => `Referer checking failed - ${referer} does not match any trusted origins.`,
}

function tokenFrom(header: string | null): string {
  return header === null ? 'CSRF token from POST' : `CSRF token from the '${header}' HTTP header`
}
