import type { Account } from '../../model/account.ts'
import type { FieldDefinitions, JsonValue, ValuesOf } from '../../model/field.ts'
import type { FieldSet } from '../drf/field-set.ts'
import type { Permission } from '../drf/permissions.ts'
import type { StandardSchema } from '../drf/standard-schema.ts'
import type { SchemeName } from '../drf/view.ts'
import type { DjoserMailTemplate } from './mail-template.ts'

/**
 * The settings of djoser, by their names there in camelCase. Each comment names the setting in Python; a setting of both
 * generations means the same in both.
 *
 * What Portress has an option for is not set here: lifetimes of tokens (`simpleJwt`), of mailed links (`codes`), the
 * site's name and origin (`site`), the sender of mails (`mail.from`), password validators (`passwords.validators`).
 */
export interface DjoserOptions<F extends FieldDefinitions = FieldDefinitions> {
  /** Names this door in the attempt log, and the style of its mails; two doors need two. @default 'djoser' */
  readonly name?: string
  /** Which clients are served: `first` those of 0.x (`/me`, `/register`), `second` those of 2.x. @default both */
  readonly generations?: readonly Generation[]
  /**
   * `DEFAULT_AUTHENTICATION_CLASSES`: how callers prove who they are, asked in order. The first decides between 401 and
   * 403, and names the challenge. @default ['token', 'jwt']
   */
  readonly authentication?: readonly SchemeName[]
  /**
   * `AUTH_HEADER_TYPES` of simplejwt: what may stand before an access token, in exactly this spelling; the first is the
   * challenge. @default ['Bearer', 'JWT']
   */
  readonly authHeaderTypes?: readonly string[]
  /**
   * What locale middleware does: answers and mails in the best of these languages for `Accept-Language`, the default one
   * first; `'all'` are ca de en es fa fr id ja ka me pl pt-BR ru. @default none: English, whatever a client asks for
   */
  readonly languages?: 'all' | readonly string[]
  /** `PAGE_SIZE`: users on one page of the list; `null` gives all as one list. @default null */
  readonly pageSize?: number | null

  /**
   * `REQUIRED_FIELDS` of the user model: what registration takes, and `users/me/` shows and changes, besides the name to
   * log in with. Names as in the model: `email`, `firstName`, `lastName`, declared fields; on the wire they are written
   * in snake_case. @default ['email'] and every declared field that is required
   */
  readonly requiredFields?: readonly string[]
  /** `LOGIN_FIELD`: what token log-in asks for, and users are shown with. @default the model's user name where it logs in, else `email` */
  readonly loginField?: 'username' | 'email'
  /**
   * `USER_ID_FIELD`: the field that users are shown and found with in `users/{id}/`. Mailed links name the id all the
   * same. @default 'id'
   */
  readonly userIdField?: 'id' | 'username'
  /** `HIDE_USERS`: other users' pages are 404 instead of 403, and the list holds nobody else. @default true */
  readonly hideUsers?: boolean
  /** `PERMISSIONS`: who may do what, through the paths of either generation. Those left out keep their defaults. */
  readonly permissions?: { readonly [K in DjoserAction]?: PermissionOption }

  /**
   * `SEND_ACTIVATION_EMAIL`: new users and changed addresses wait for the mailed link. It cannot be off where
   * `login.emailMustBeVerified` is on. @default as `login.emailMustBeVerified` says
   */
  readonly sendActivationEmail?: boolean
  /** `SEND_CONFIRMATION_EMAIL`: a mail once the account is active. @default false */
  readonly sendConfirmationEmail?: boolean
  /** `PASSWORD_CHANGED_EMAIL_CONFIRMATION`: a mail after each new password. @default false */
  readonly passwordChangedEmailConfirmation?: boolean
  /** `USERNAME_CHANGED_EMAIL_CONFIRMATION`: a mail after each new user name. @default false */
  readonly usernameChangedEmailConfirmation?: boolean

  /** `USER_CREATE_PASSWORD_RETYPE`: registration asks for `re_password`. @default false */
  readonly userCreatePasswordRetype?: boolean
  /** `SET_PASSWORD_RETYPE`: a changed password is asked for twice, as `re_new_password`. @default false */
  readonly setPasswordRetype?: boolean
  /** `PASSWORD_RESET_CONFIRM_RETYPE`: a reset password is asked for twice, as `re_new_password`. @default false */
  readonly passwordResetConfirmRetype?: boolean
  /** `SET_USERNAME_RETYPE`: a changed name is asked for twice, as `re_new_username`. @default false */
  readonly setUsernameRetype?: boolean
  /** `USERNAME_RESET_CONFIRM_RETYPE`: a reset name is asked for twice, as `re_new_username`. @default false */
  readonly usernameResetConfirmRetype?: boolean

  /**
   * `PASSWORD_RESET_SHOW_EMAIL_NOT_FOUND`: whoever asks for a reset, or for the activation mail once more, is told that
   * nobody has the address. Anybody can find out by it who has an account; told in the log at each start. @default false
   */
  readonly passwordResetShowEmailNotFound?: boolean
  /** `USERNAME_RESET_SHOW_EMAIL_NOT_FOUND`: the same switch under its other name. @default false */
  readonly usernameResetShowEmailNotFound?: boolean
  /** `LOGOUT_ON_PASSWORD_CHANGE`: a changed password ends the caller's own session, too. @default false */
  readonly logoutOnPasswordChange?: boolean
  /** `CREATE_SESSION_ON_LOGIN`: token log-in begins a session with a cookie, too. @default false */
  readonly createSessionOnLogin?: boolean
  /** `TOKEN_MODEL`: `null` for a site with JWT alone, where token log-in is refused. @default 'token' */
  readonly tokenModel?: 'token' | null
  /**
   * `LOGIN_AFTER_REGISTRATION` of 0.x: registration answers with a token, where the user is active. Whoever takes an
   * address that somebody has gets none, which tells; told in the log at each start. @default false
   */
  readonly loginAfterRegistration?: boolean
  /**
   * `LOGIN_AFTER_ACTIVATION` of 0.x: activation answers with a token, also where the user was active before. Whoever
   * reads the mail is in then; told in the log at each start. @default false
   */
  readonly loginAfterActivation?: boolean

  /** `ACTIVATION_URL`: where its mail leads, with `{uid}` and `{token}`. @default the product's own page */
  readonly activationUrl?: string
  /** `PASSWORD_RESET_CONFIRM_URL`: as `activationUrl`. @default the product's own page */
  readonly passwordResetConfirmUrl?: string
  /** `USERNAME_RESET_CONFIRM_URL`: as `activationUrl`. @default the product's own page */
  readonly usernameResetConfirmUrl?: string
  /** `DOMAIN` of Django and of 0.x: host and port that links lead to. @default the host of `site.origin` */
  readonly domain?: string
  /** `SITE_NAME` of Django and of 0.x: the name in mails. @default `site.name` */
  readonly siteName?: string
  /** `EMAIL_FRONTEND_DOMAIN`: in place of `domain`, for clients of 2.x. @default `domain` */
  readonly emailFrontendDomain?: string
  /** `EMAIL_FRONTEND_PROTOCOL`: in place of the scheme of `site.origin`. @default the scheme of `site.origin` */
  readonly emailFrontendProtocol?: 'http' | 'https'
  /** `EMAIL_FRONTEND_SITE_NAME`: in place of `siteName`, for clients of 2.x. @default `siteName` */
  readonly emailFrontendSiteName?: string

  /**
   * `SERIALIZERS`, what they read: replaces what an endpoint takes, by any Standard Schema or a `FieldSet`. What it gives
   * must have the names that the endpoint's own has; declared fields may be added. Not for 0.x.
   */
  readonly schemas?: { readonly [K in DjoserInput]?: StandardSchema | FieldSet }
  /** `SERIALIZERS`, what they write: replaces answers in which there is a user or a token. Not for 0.x. */
  readonly serialize?: DjoserSerializers<F>
  /** `EMAIL`: replaces single mails. Whatever is put into HTML must be escaped there. */
  readonly mails?: { readonly [K in DjoserMail]?: DjoserMailTemplate }
  /** `CONSTANTS`: replaces single sentences, in every language. */
  readonly constants?: { readonly [K in DjoserConstant]?: string }
}

export type Generation = 'first' | 'second'

/** The functions of `permissions.ts`, by their names. */
export type PermissionName =
  | 'allowAny'
  | 'isAuthenticated'
  | 'isAdminUser'
  | 'currentUserOrAdmin'
  | 'currentUserOrAdminOrReadOnly'

/** Of a list all must agree. */
export type PermissionOption = Permission | PermissionName | readonly (Permission | PermissionName)[]

/** The keys of `PERMISSIONS`. `passwordReset` speaks for the repeated activation mail, too. */
export type DjoserAction =
  | 'activation'
  | 'passwordReset'
  | 'passwordResetConfirm'
  | 'setPassword'
  | 'usernameReset'
  | 'usernameResetConfirm'
  | 'setUsername'
  | 'userCreate'
  | 'userDelete'
  | 'user'
  | 'userList'
  | 'tokenCreate'
  | 'tokenDestroy'

/** The endpoints whose input can be replaced. `user` are changes below `users/{id}/`, `currentUser` those of `users/me/`. */
export type DjoserInput =
  | 'activation'
  | 'resendActivation'
  | 'passwordReset'
  | 'passwordResetConfirm'
  | 'setPassword'
  | 'usernameReset'
  | 'usernameResetConfirm'
  | 'setUsername'
  | 'userCreate'
  | 'userDelete'
  | 'user'
  | 'currentUser'
  | 'tokenCreate'

/** A user as an application sees one, with the fields that it declared. */
export type DjoserAccount<F extends FieldDefinitions = FieldDefinitions> = Omit<Account, 'fields'> & {
  readonly fields: ValuesOf<F>
}

export interface DjoserSerializers<F extends FieldDefinitions = FieldDefinitions> {
  /** In the list and below `users/{id}/`. */
  readonly user?: (account: DjoserAccount<F>) => JsonValue
  /** At `users/me/`. @default as `user` */
  readonly currentUser?: (account: DjoserAccount<F>) => JsonValue
  /** After registration. */
  readonly userCreate?: (account: DjoserAccount<F>) => JsonValue
  /** After token log-in. @default { auth_token: token } */
  readonly token?: (token: string) => JsonValue
}

/** The mails of `EMAIL`. */
export type DjoserMail =
  | 'activation'
  | 'confirmation'
  | 'passwordReset'
  | 'passwordChanged'
  | 'usernameReset'
  | 'usernameChanged'

/** The sentences of `CONSTANTS`. */
export type DjoserConstant =
  | 'invalidCredentialsError'
  | 'inactiveAccountError'
  | 'invalidTokenError'
  | 'invalidUidError'
  | 'staleTokenError'
  | 'passwordMismatchError'
  | 'usernameMismatchError'
  | 'invalidPasswordError'
  | 'emailNotFound'
  | 'cannotCreateUserError'
