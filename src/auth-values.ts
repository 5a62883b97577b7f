import type { Authenticator } from './contracts/authentication-backend.ts'
import type { Account, SessionInfo } from './model/account.ts'
import type { FieldDefinitions, ValuesOf } from './model/field.ts'
import type { IdentityInfo } from './model/identity.ts'
import type { Carrier, IssuedToken } from './model/session.ts'
import type { UserId } from './model/user.ts'

/** A user with the application's own fields. */
export interface UserOf<F extends FieldDefinitions> extends Omit<Account, 'fields'> {
  readonly fields: ValuesOf<F>
}

/** A live session and whose it is. */
export interface SessionOf<F extends FieldDefinitions> {
  readonly session: SessionInfo
  readonly user: UserOf<F>
}

/** Where a direct call comes from; what is absent is unknown. */
export interface Caller {
  /** From `auth.authenticate`; commands about one's own account need it. It is looked up again at each call. */
  readonly actor?: { readonly session: Pick<SessionInfo, 'id'> } | null
  readonly address?: string | null
  readonly userAgent?: string | null
  /** The value of the known-device cookie. */
  readonly deviceToken?: string | null
  /** BCP 47; mails are written in it. @default the first configured language */
  readonly language?: string
  /** Written into the attempt log. @default 'library' */
  readonly door?: string
}

export interface NewAccount<F extends FieldDefinitions> {
  readonly username?: string | null
  readonly email?: string | null
  readonly firstName?: string
  readonly lastName?: string
  readonly fields?: Partial<ValuesOf<F>>
  readonly profiles?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** How strict a registration is, and how much it tells. */
export interface RegistrationRules {
  readonly minLengthWithoutValidators?: number
  readonly dangerouslyTellTaken?: boolean
}

/** A user who is to have no password says so. */
export type NewPassword =
  | { readonly password: string; readonly withoutPassword?: false }
  | { readonly password?: string; readonly withoutPassword: true }

export interface LoggedIn<F extends FieldDefinitions> {
  readonly user: UserOf<F>
  readonly issued: IssuedToken
  /** Only with `withCookie`. */
  readonly cookie: IssuedToken | null
  readonly deviceToken: string
}

export interface Registered<F extends FieldDefinitions> {
  readonly user: UserOf<F>
  readonly status: 'active' | 'verification_required'
  /** Only where a `carrier` was given and a session began. */
  readonly issued: IssuedToken | null
  /** Only beside `issued`, with `withCookie`. */
  readonly cookie: IssuedToken | null
}

/** What a client got from a provider by itself. At least one of `accessToken`, `code` and `idToken` is needed. */
export interface ProviderProof {
  readonly provider: string
  readonly accessToken?: string
  readonly code?: string
  readonly idToken?: string
  /** The secret of an access token of OAuth 1.0a. */
  readonly tokenSecret?: string
  /** The PKCE verifier that goes with `code`. */
  readonly codeVerifier?: string
  readonly nonce?: string
  /** The redirect URI that `code` was issued for: your own constant, never the client's. @default the provider's callback */
  readonly redirectUri?: string
}

export interface SociallyLoggedIn<F extends FieldDefinitions> extends LoggedIn<F> {
  /** The user was made by this log-in. */
  readonly isNew: boolean
}

/** What a callback came to; `next` is where the browser goes now. */
export type FinishedSocialLogin<F extends FieldDefinitions> = { readonly next: string | null } & (
  | ({ readonly outcome: 'logged-in' } & SociallyLoggedIn<F>)
  | { readonly outcome: 'handed-over'; readonly code: string; readonly expiresAt: Date }
  | { readonly outcome: 'connected'; readonly identity: IdentityInfo }
)

/** A mail that a visitor asks for. */
export interface AskedMail {
  readonly email: string
  /** Refuses with `not_found` where nobody gets the mail: anybody can then find out who has an account. */
  readonly dangerouslyTellUnknown?: boolean
}

/** The same, by whatever is typed to log in. */
export interface MailAskedByIdentifier extends Omit<AskedMail, 'email'> {
  readonly identifier: string
  readonly identifiers?: readonly ('username' | 'email')[]
  readonly email?: undefined
}

/** How a session is to begin. */
export interface SessionWish {
  readonly carrier?: Carrier
  readonly updateLastLogin?: boolean
}

/** A code from a mail, and what it must be where the link says more of it. */
export interface MailedCode {
  readonly code: string
  readonly userId?: UserId
  /** The owner's, as it is stored. */
  readonly username?: string
  /** The whole second since 1970 in which it was made. */
  readonly issuedAtSeconds?: number | string
  /** The address that it was mailed to. */
  readonly email?: string
}

/** The password, or what stands in for it. */
export type PasswordOrProof =
  | { readonly password: string; readonly authenticator?: undefined }
  | { readonly password?: undefined; readonly authenticator: Authenticator }

/** A caller who gives no password says so. */
export type CurrentPassword =
  | { readonly currentPassword: string }
  | { readonly dangerouslyWithoutCurrentPassword: true }
