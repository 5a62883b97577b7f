import type { Account } from '../../model/account.ts'
import type { FieldDefinitions, JsonValue, ValuesOf } from '../../model/field.ts'
import type { FieldSet } from '../drf/field-set.ts'
import type { Permission } from '../drf/permissions.ts'
import type { StandardSchema } from '../drf/standard-schema.ts'
import type { SchemeName, ThrottleRate } from '../drf/view.ts'
import type { RestAuthMailTemplate } from './mail-template.ts'

/**
 * The settings of django-rest-auth and dj-rest-auth, by their names there in camelCase; each comment names the setting in
 * Python. What both generations have means the same in both.
 *
 * What Portress has an option for is not set here: lifetimes of tokens (`simpleJwt`, `drfJwt`), further claims
 * (`simpleJwt.claims`), lifetimes of mailed links (`codes`), the site's name and origin (`site`), the sender of mails
 * (`mail.from`), password validators (`passwords.validators`), providers (`social`).
 */
export interface RestAuthOptions<F extends FieldDefinitions = FieldDefinitions> {
  /** Names this door in the attempt log, and the style of its mails; two doors need two. @default 'rest-auth' */
  readonly name?: string
  /** Which clients are served: those of django-rest-auth 0.9, or those of dj-rest-auth 7. @default '7' */
  readonly generation?: RestAuthGeneration
  /**
   * `DEFAULT_AUTHENTICATION_CLASSES`: how callers prove who they are, asked in order. The first decides between 401 and
   * 403, and names the challenge.
   *
   * @default ['session', 'token']; with `useJwt` ['jwt-cookie', 'session'], in generation 0.9 ['drf-jwt', 'session']
   */
  readonly authentication?: readonly SchemeName[]
  /**
   * What locale middleware does: answers and mails in the best of these languages for `Accept-Language`, the default one
   * first; `'all'` are ar cs de en es fr it ko nl pl pt-BR ro ru sv tr uk zh-Hans.
   *
   * @default none: English, whatever a client asks for
   */
  readonly languages?: 'all' | readonly string[]
  /** `PAGE_SIZE`: provider accounts on one page of their list; `null` gives all as one list. @default null */
  readonly pageSize?: number | null
  /**
   * The throttle scope `dj_rest_auth` of DRF's scoped throttle: one count for log-in, log-out, passwords, registration and
   * social log-in together, by user, or by address while nobody has logged in. @default null: only the engine's own limits
   */
  readonly throttleRate?: ThrottleRate | null

  /** `SESSION_LOGIN`, `REST_SESSION_LOGIN`: whoever logs in gets a session cookie, too. @default true */
  readonly sessionLogin?: boolean
  /** `USE_JWT`, `REST_USE_JWT`: log-in answers with JSON Web Tokens. @default false */
  readonly useJwt?: boolean
  /** `TOKEN_MODEL`: `null` for a site without tokens, where log-in answers 204. Generation 7 only. @default 'token' */
  readonly tokenModel?: 'token' | null
  /**
   * `TOKEN_CREATOR`: `get-or-create` gives the one token that a user has, `create` a new one for each log-in, which ends
   * by disuse. @default 'get-or-create'
   */
  readonly tokenCreator?: 'get-or-create' | 'create'
  /** `OLD_PASSWORD_FIELD_ENABLED`: a changed password needs `old_password`; told in the log where it does not. @default false */
  readonly oldPasswordFieldEnabled?: boolean
  /** `LOGOUT_ON_PASSWORD_CHANGE`: a changed password ends the caller's own session, too. @default false */
  readonly logoutOnPasswordChange?: boolean
  /**
   * `ACCOUNT_LOGOUT_ON_GET`: a `GET` logs out, so any page of another site can do it by a picture; told in the log at
   * each start. @default false
   */
  readonly dangerouslyLogoutOnGet?: boolean
  /**
   * A bad or stale credential beside a right log-in, registration or reset counts as none. The originals refuse it, after
   * which a browser cannot log in before its cookies are gone. @default false
   */
  readonly ignoreStaleCredentials?: boolean

  /** `JWT_AUTH_COOKIE`: the cookie of the access token; `null`: none. @default null */
  readonly jwtAuthCookie?: string | null
  /** `JWT_AUTH_REFRESH_COOKIE`: the cookie of the refresh token; `null`: none. Generation 7. @default null */
  readonly jwtAuthRefreshCookie?: string | null
  /** `JWT_AUTH_REFRESH_COOKIE_PATH`. @default '/' */
  readonly jwtAuthRefreshCookiePath?: string
  /** `JWT_AUTH_SECURE`. Where `site.origin` is https they are secure, whatever stands here. @default false */
  readonly jwtAuthSecure?: boolean
  /**
   * `JWT_AUTH_HTTPONLY`: no script reads the cookies; refresh tokens then stand in no body, not even where no cookie is
   * named. @default true
   */
  readonly jwtAuthHttpOnly?: boolean
  /** `JWT_AUTH_SAMESITE`. @default 'Lax' */
  readonly jwtAuthSameSite?: 'Lax' | 'Strict' | 'None'
  /** `JWT_AUTH_COOKIE_DOMAIN`. @default null: this host alone */
  readonly jwtAuthCookieDomain?: string | null
  /** `JWT_AUTH_RETURN_EXPIRATION`: log-in answers say when their tokens end. @default false */
  readonly jwtAuthReturnExpiration?: boolean
  /**
   * `JWT_AUTH_COOKIE_USE_CSRF`: unsafe requests that a JWT cookie vouches for need the CSRF token. Requests of other sites
   * are refused either way. @default false
   */
  readonly jwtAuthCookieUseCsrf?: boolean
  /** `JWT_AUTH_COOKIE_ENFORCE_CSRF_ON_UNAUTHENTICATED`: so does every unsafe request without `Authorization`. @default false */
  readonly jwtAuthCookieEnforceCsrfOnUnauthenticated?: boolean
  /**
   * The blacklist app of simplejwt: log-out reads the refresh token, from its cookie or its body, and refuses without one.
   * Log-out ends the caller's session either way. @default false
   */
  readonly tokenBlacklist?: boolean
  /** Refresh tokens stand in bodies where no cookie carries them, which the original forgets. @default false */
  readonly refreshInBodyWithoutCookie?: boolean
  /** Registration sets the JWT cookies, which the original forgets. @default false */
  readonly registrationSetsJwtCookies?: boolean

  /** Whether there is `registration/`, which is an app of its own in the originals. @default true */
  readonly registration?: boolean
  /**
   * `REGISTER_PERMISSION_CLASSES`: who may register, beside what `registration.open` says. A text is the reason that a
   * refused caller is told. @default everybody
   */
  readonly registerPermission?: Permission | { readonly allows: Permission; readonly message: string }
  /**
   * `ACCOUNT_EMAIL_VERIFICATION`: `mandatory`: nobody logs in before the address is proven; `optional`: a mail, and the
   * account works at once; `none`: no mail. Where `login.emailMustBeVerified` is on it is mandatory.
   *
   * @default 'mandatory' where `login.emailMustBeVerified` is on, else 'optional'
   */
  readonly emailVerification?: 'mandatory' | 'optional' | 'none'
  /** `ACCOUNT_LOGIN_METHODS`, `ACCOUNT_AUTHENTICATION_METHOD`. @default as `login.identifiers` */
  readonly loginMethods?: readonly ('username' | 'email')[]
  /**
   * `ACCOUNT_SIGNUP_FIELDS`, `ACCOUNT_USERNAME_REQUIRED`, `ACCOUNT_EMAIL_REQUIRED`: what registration asks for. A user name
   * that may be left out is made of the address. @default as `user.username` and `user.email` say
   */
  readonly signupFields?: {
    readonly username?: 'required' | 'optional'
    readonly email?: 'required' | 'optional'
  }
  /** `ACCOUNT_USERNAME_MIN_LENGTH`: code points, at registration. @default 1 */
  readonly usernameMinLength?: number
  /** `ACCOUNT_USERNAME_BLACKLIST`, in any case. Names that nobody gets at any door are `user.reservedUsernames`. @default none */
  readonly usernameBlacklist?: readonly string[]
  /** `ACCOUNT_USERNAME_VALIDATORS`: what is wrong with a name, or `null`. @default none */
  readonly usernameValidators?: readonly ((username: string) => string | null)[]
  /** `ACCOUNT_PRESERVE_USERNAME_CASING`: `false` stores names in lower case. @default true */
  readonly preserveUsernameCasing?: boolean
  /**
   * Where verification is mandatory the originals tell whoever registers that an address is taken; here its owner gets a
   * mail instead. `true` tells it as they do; told in the log at each start. @default false
   */
  readonly dangerouslyTellTakenAddresses?: boolean

  /**
   * The paths of social log-in, each with the provider behind it: `{ facebook: 'facebook', 'github/cli': { … } }`. Each has
   * `connect/` below it. @default every provider of `social.providers`, under its own name
   */
  readonly socialLogin?: Readonly<Record<string, string | SocialPath>>
  /** Where the accounts at providers are listed, below this mount; `null`: nowhere. @default 'socialaccounts' */
  readonly socialAccountsPath?: string | null

  /**
   * The route `password_reset_confirm`: where the mailed link leads, with `{uid}` and `{token}`: a path on `domain`.
   * @default the product's own page
   */
  readonly passwordResetConfirmUrl?: string
  /** The route `account_confirm_email`, with `{key}`; `account-confirm-email/<key>/` leads there, too. @default the product's own page */
  readonly accountConfirmEmailUrl?: string
  /** The page for whoever waits for the mail; `account-email-verification-sent/` leads there. @default the site's start page */
  readonly emailVerificationSentUrl?: string
  /** The domain of Sites: the host of mailed links. @default the host of `site.origin` */
  readonly domain?: string
  /** The name of Sites, in mails. @default `site.name` */
  readonly siteName?: string
  /** `ACCOUNT_DEFAULT_HTTP_PROTOCOL`. @default the scheme of `site.origin` */
  readonly defaultHttpProtocol?: 'http' | 'https'
  /** `ACCOUNT_EMAIL_SUBJECT_PREFIX`, in front of subjects that have one. @default '[<site name>] ' */
  readonly emailSubjectPrefix?: string

  /**
   * `LOGIN_SERIALIZER`, `USER_DETAILS_SERIALIZER`, `REGISTER_SERIALIZER`, … as far as they read: replaces what an endpoint
   * takes, by any Standard Schema or a `FieldSet`. What it gives must have the names that the endpoint's own has; declared
   * fields may be added.
   */
  readonly schemas?: { readonly [K in RestAuthInput]?: StandardSchema | FieldSet }
  /** `TOKEN_SERIALIZER`, `JWT_SERIALIZER`, `USER_DETAILS_SERIALIZER`, … as far as they write. */
  readonly serialize?: RestAuthSerializers<F>
  /** Replaces single mails. Whatever is put into HTML must be escaped there. */
  readonly mails?: { readonly [K in RestAuthMail]?: RestAuthMailTemplate }
}

export type RestAuthGeneration = '0.9' | '7'

export interface SocialPath {
  /** The name of a provider of `social.providers`. */
  readonly provider: string
  /**
   * `callback_url`: the redirect URI that clients have their codes issued for. Never taken from a request.
   * @default the provider's callback, `social.callback`
   */
  readonly callbackUrl?: string
}

/** The endpoints whose input can be replaced. */
export type RestAuthInput =
  | 'login'
  | 'passwordChange'
  | 'passwordReset'
  | 'passwordResetConfirm'
  | 'register'
  | 'socialLogin'
  | 'userDetails'
  | 'verifyEmail'
  | 'resendEmail'

/** A user as an application sees one, with the fields and profiles that it declared. */
export type RestAuthAccount<F extends FieldDefinitions = FieldDefinitions> = Omit<Account, 'fields'> & {
  readonly fields: ValuesOf<F>
}

export interface RestAuthSerializers<F extends FieldDefinitions = FieldDefinitions> {
  /** At `user/`, and as `user` in answers with JSON Web Tokens. */
  readonly userDetails?: (account: RestAuthAccount<F>) => JsonValue
  /** @default { key: token } */
  readonly token?: (token: string, account: RestAuthAccount<F>) => JsonValue
  /** @default { access, refresh, user }; in generation 0.9 { token, user } */
  readonly jwt?: (input: JwtAnswer<F>) => JsonValue
  /** With `jwtAuthReturnExpiration`. @default as `jwt`, and access_expiration, refresh_expiration */
  readonly jwtWithExpiration?: (input: JwtAnswer<F>) => JsonValue
}

/** What answers with JSON Web Tokens are made of. */
export interface JwtAnswer<F extends FieldDefinitions = FieldDefinitions> {
  readonly access: string
  /** Empty where no body may have it. */
  readonly refresh: string
  readonly accessExpiresAt: Date
  readonly refreshExpiresAt: Date | null
  readonly account: RestAuthAccount<F>
  /** As `user/` shows it. */
  readonly user: JsonValue
}

export type RestAuthMail = 'passwordReset' | 'confirmEmail' | 'accountExists'
