import type { CommandContext } from '../../commands/context.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { Html } from '../../http/html-page.ts'
import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import type { Actor } from '../../model/session.ts'
import type { User } from '../../model/user.ts'
import type { DrfAnswer } from './answer.ts'
import type { FieldSet } from './field-set.ts'
import type { JwtCookieSettings } from './jwt-cookies.ts'
import type { Permission } from './permissions.ts'

export type { DrfAnswer } from './answer.ts'

/** How a caller may prove who they are: Django REST framework's authentication classes. */
export type SchemeName =
  | 'token'
  /** simplejwt, in the header alone. */
  | 'jwt'
  /** The same, else by the cookie of dj-rest-auth. */
  | 'jwt-cookie'
  /** djangorestframework-jwt, in the header or by its cookie. */
  | 'drf-jwt'
  | 'session'
  | 'basic'

/** What a mounted dialect has the same for all of its paths. */
export interface DrfSettings {
  /** Asked in order. The first also decides between 401 and 403, and names the challenge. */
  readonly schemes: readonly [SchemeName, ...SchemeName[]]
  /** What may stand before an access token in `Authorization`, in exactly this spelling; the first is the challenge. */
  readonly jwtTypes: readonly [string, ...string[]]
  readonly cookies: DrfCookies
  /** Answers name their language, and vary by it. */
  readonly isTranslated: boolean
  /** The cookies of JSON Web Tokens. @default none */
  readonly jwtCookies?: JwtCookieSettings
  /** How the tokens of the scheme `token` are made: one for a user, or one for a log-in. @default 'user-token' */
  readonly tokenCarrier?: 'user-token' | 'token'
  /** For views that count their requests. @default null: nothing is counted */
  readonly throttleRate?: ThrottleRate | null
}

/** At most `requests` within `windowSeconds`, wherever they begin: `60/minute` is `{ requests: 60, windowSeconds: 60 }`. */
export interface ThrottleRate {
  readonly requests: number
  readonly windowSeconds: number
}

/** Names and lifetimes of the two cookies of Django's sessions. */
export interface DrfCookies {
  readonly sessionName: string
  readonly sessionAgeSeconds: number
  readonly csrfName: string
  readonly csrfAgeSeconds: number
}

/** The methods a view can have actions for. `HEAD` goes with `GET`, `OPTIONS` with all. */
export type DrfMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What stands behind one path: the actions of its methods, and who is let in before a method is looked at. */
export interface View {
  /** Below the mount, without a final slash; `:name` stands for a segment. */
  readonly path: string
  /** `required`: without it there is a redirect. `optional`: both are served. `none`: with it there is nothing. */
  readonly slash: 'required' | 'optional' | 'none'
  /** `true`: whatever follows the path belongs to it. @default false */
  readonly matchesPrefix?: boolean
  /** `true`: `path.json` is the same. @default false */
  readonly hasFormatSuffix?: boolean
  /** Shown by `OPTIONS` and as the title of the page. */
  readonly name: string
  /** Shown by `OPTIONS`. @default '' */
  readonly description?: string
  /** `false`: credentials are not even looked at. @default true */
  readonly readsCredentials?: boolean
  /** `true`: a credential that is there and bad counts as none. @default false */
  readonly ignoresBadCredentials?: boolean
  /** `true`: its requests count towards `throttleRate`. @default false */
  readonly isThrottled?: boolean
  /** Who gets past where the method has no action, and with `OPTIONS`. */
  readonly permission: Permission
  /** As that of an action, where the method has none. @default the common words */
  readonly denial?: string | null
  readonly actions: { readonly [M in DrfMethod]?: Action }
  /** What the header `Allow` names. @default the methods that have actions */
  readonly allow?: readonly string[]
  /** What its page shows in place of an answer of 200. @default the answer as JSON, and a form for what may be posted */
  readonly page?: (call: DrfCall) => Html
  readonly generation: Generation
}

/** What an older release says differently everywhere. */
export interface Generation {
  readonly words: (language: string) => DrfMessages
  /** `spaced`: a space after each comma and colon. */
  readonly json: 'compact' | 'spaced'
  /** The style of the mails that its actions cause. */
  readonly mailStyle: string | null
  /** `true`: a multipart body whose boundary is not named counts as empty, and is not refused. @default false */
  readonly readsUnboundedMultipart?: boolean
}

export interface Action {
  readonly permission: Permission
  /** `true`: whoever has logged in and may not do this is told that there is nothing. @default false */
  readonly isHidden?: boolean
  /** What a caller is told who has logged in and may not. @default the common words */
  readonly denial?: string | null
  /** What it reads, for `OPTIONS` and for the form on its page; `null` where it reads nothing. */
  readonly fields: FieldSet | null
  readonly run: (call: DrfCall) => Promise<DrfAnswer>
}

/** One request on its way through a view, once it is known who sent it. */
export interface DrfCall {
  readonly exchange: Exchange
  readonly settings: DrfSettings
  readonly view: View
  readonly words: DrfMessages
  /** With the caller as its actor. */
  readonly ctx: CommandContext
  readonly actor: Actor | null
  readonly method: string
  readonly params: Readonly<Record<string, string>>
  /** The user that the path names, in rows that look one up. */
  readonly subject: User | null
}
