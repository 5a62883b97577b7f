import type { ResolvedConfig } from '../config/resolved-config.ts'
import type { MailStyle } from '../contracts/mail-style.ts'
import type { AuthError } from '../errors.ts'
import type { Exchange } from './exchange.ts'
import type { Route } from './route.ts'

export type { LinkInput, MailStyle, StyledMailInput } from '../contracts/mail-style.ts'
export type { RenderedMail } from '../contracts/mail-template.ts'

/** A bearer value as it came in. */
export interface Credential {
  readonly token: string
  /** A browser sends a cookie by itself, so a request that relies on one must prove where it comes from. */
  readonly sentBy: 'cookie' | 'header'
}

/** One REST vocabulary: a table of rows, how a credential is found, and how a refusal is put. */
export interface Dialect {
  /** Written into the attempt log as the door. */
  readonly name: string
  routes(config: ResolvedConfig): readonly Route[]
  /**
   * How mails are worded that are sent for this door; the first is used unless a row chooses another one.
   *
   * @default the product's own words
   */
  mailStyles?(config: ResolvedConfig): readonly MailStyle[]
  /** Languages that its answers and mails know, the default one first. @default the site's, `mail.languages` */
  readonly languages?: readonly string[]
  /** The cookie whose language goes before `Accept-Language`. @default none */
  readonly languageCookie?: string
  /**
   * Fetches the words of a language, before a request in it is looked at; `null` where there is nothing to wait for.
   * Where it fails, the failure is logged and the request goes on.
   *
   * @default they are there from the start
   */
  loadLanguage?(language: string): Promise<void> | null
  /**
   * Its pages are for the site's own origin alone: no answer can be read from a trusted origin, not even that of a preflight.
   *
   * @default trusted origins may read its answers
   */
  readonly isForOwnOriginOnly?: boolean
  /**
   * Settings of its own that weaken safety, one sentence each; told by `portress check`, and by the log at each start.
   *
   * @default none
   */
  readonly dangers?: readonly string[]
  /** Whoever develops has not chosen it, and is not told of its dangers. @default false */
  readonly isBuiltIn?: boolean
  /** @throws {AuthError} `token_invalid` where something is there that cannot be a credential */
  findCredential(exchange: Exchange): Credential | null
  writeError(error: AuthError, exchange: Exchange): Response | Promise<Response>
  /** For anything that is not an `AuthError`: a request id and nothing more. */
  writeFault(exchange: Exchange): Response | Promise<Response>
}
