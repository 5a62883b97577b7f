import type { Account } from '../../model/account.ts'
import type { FieldDefinitions, JsonValue, ValuesOf } from '../../model/field.ts'
import type { FieldSet, WireValues } from '../drf/field-set.ts'
import type { Permission } from '../drf/permissions.ts'
import type { StandardSchema } from '../drf/standard-schema.ts'
import type { SchemeName, ThrottleRate } from '../drf/view.ts'
import type { MailContext, MailSelector, MailTemplates, UrlBuilder } from './mail-template.ts'

/**
 * The keys of `REST_REGISTRATION`, by their names there in camelCase; each comment names the key in Python. Keys whose
 * exact behaviour tells strangers something begin with `dangerously`.
 *
 * What Portress has an option for is not set here: lifetimes of mailed links (`codes`), the site's name and origin
 * (`site`), the sender of mails (`mail.from`), password validators (`passwords.validators`).
 */
export interface RestRegistrationOptions<F extends FieldDefinitions = FieldDefinitions> {
  /** Names this door in the attempt log, and the style of its mails; two doors need two. @default 'rest-registration' */
  readonly name?: string
  /** `DEFAULT_AUTHENTICATION_CLASSES`, in the order in which they are asked. @default ['session', 'basic', 'token'] */
  readonly authentication?: readonly SchemeName[]
  /** What locale middleware does; `'all'` are de en fr id pt-BR. @default none: English, whatever a client asks for */
  readonly languages?: 'all' | readonly string[]
  /** `DEFAULT_THROTTLE_RATES`: one count for each client over all endpoints. @default null: only the engine's own limits */
  readonly throttleRate?: ThrottleRate | null

  /** `USER_LOGIN_FIELDS`: tried in order for what stands in `login`. @default the user name where it logs in, else the address */
  readonly userLoginFields?: readonly ('username' | 'email')[]
  /** `USER_HIDDEN_FIELDS`: never shown; ignored beside `userPublicFields`. Names as in the model. @default none but the built-in ones */
  readonly userHiddenFields?: readonly string[]
  /** `USER_PUBLIC_FIELDS`: what registration takes and the profile shows; the address is always among them. @default null: all */
  readonly userPublicFields?: readonly string[] | null
  /** `USER_EDITABLE_FIELDS`: what `profile/` may change. @default null: all that is shown, but the id and the address */
  readonly userEditableFields?: readonly string[] | null
  /** `USER_VERIFICATION_ID_FIELD`: what links call the user. @default 'id' */
  readonly userVerificationIdField?: 'id' | 'username'

  /** `REGISTER_FLOW_ENABLED`: without it `register/` is 404. @default true */
  readonly registerFlowEnabled?: boolean
  /** `REGISTER_SERIALIZER_PASSWORD_CONFIRM`. @default true */
  readonly registerSerializerPasswordConfirm?: boolean
  /** `REGISTER_VERIFICATION_ENABLED`: new users wait for the mailed link. @default true */
  readonly registerVerificationEnabled?: boolean
  /** `REGISTER_VERIFICATION_URL`: the page of the front end that the link opens. @default null: the product's own page */
  readonly registerVerificationUrl?: string | null
  /**
   * `REGISTER_VERIFICATION_ONE_TIME_USE`: a link that was used is refused. Without it a second press is answered like the
   * first, and does nothing. @default false
   */
  readonly registerVerificationOneTimeUse?: boolean
  /** `REGISTER_VERIFICATION_AUTO_LOGIN`: whoever confirms for the first time is logged in. @default false */
  readonly registerVerificationAutoLogin?: boolean
  /** `REGISTER_VERIFICATION_EMAIL_TEMPLATES`. @default the built-in words */
  readonly registerVerificationEmailTemplates?: MailTemplates

  /**
   * `LOGIN_AUTHENTICATOR`: turns what the log-in serializer validated into a user, by the id. It runs inside the gate, so
   * lockout, status and the attempt log hold for it as well; it throws `userNotFound()` where there is nobody. Wrong guesses
   * are counted by what the serializer gives as `login`, or under the name of a login field: without that nobody gets in.
   * @default by `userLoginFields` and the password
   */
  readonly loginAuthenticator?: LoginAuthenticator
  /** `LOGIN_AUTHENTICATE_SESSION`. @default null: where `authentication` has `session` */
  readonly loginAuthenticateSession?: boolean | null
  /** `LOGIN_RETRIEVE_TOKEN`. @default null: where `authentication` has `token`, and `authTokenManager` is left out */
  readonly loginRetrieveToken?: boolean | null
  /**
   * `AUTH_TOKEN_MANAGER_CLASS`: which of the engine's token managers gives and takes back the tokens: the one token of a
   * user, a new one for each log-in, or those of simplejwt. The manager itself is replaced with `tokens` of `createAuth`,
   * whose `issue`, `revoke` and `authenticate` are `provide_token`, `revoke_token` and the authentication class. One that
   * cannot give or take back a token throws `AuthError('forbidden')`.
   * @default 'user-token'
   */
  readonly authTokenManager?: 'user-token' | 'token' | 'simple-jwt'
  /**
   * `LOGIN_DEFAULT_SESSION_AUTHENTICATION_BACKEND`: the name of one of `login.backends`, for the session of whom
   * `loginAuthenticator` returns without naming one. @default null: the door's name
   */
  readonly loginDefaultSessionAuthenticationBackend?: string | null

  /** `SEND_RESET_PASSWORD_LINK_SERIALIZER_USE_EMAIL`: the field is `email` instead of `login`. @default false */
  readonly sendResetPasswordLinkSerializerUseEmail?: boolean
  /** `SEND_RESET_PASSWORD_LINK_USER_FINDER`: whose link is asked for, as a name or an address, or `null`. @default what was sent */
  readonly sendResetPasswordLinkUserFinder?: (data: WireValues) => string | null | Promise<string | null>
  /**
   * `RESET_PASSWORD_FAIL_WHEN_USER_NOT_FOUND`: tells everybody who has an account, as the original does. Without it the
   * answer to an unknown name is that to a known one. Told in the log at each start. @default false
   */
  readonly dangerouslyResetPasswordFailWhenUserNotFound?: boolean
  /** The same key as `False`: the answer says that the link goes out only if there is a user. @default false */
  readonly resetPasswordMayBeUnknown?: boolean
  /** `RESET_PASSWORD_VERIFICATION_ENABLED`: without it both endpoints are 404. @default true */
  readonly resetPasswordVerificationEnabled?: boolean
  /** `RESET_PASSWORD_VERIFICATION_URL`. @default null: the product's own page */
  readonly resetPasswordVerificationUrl?: string | null
  /** `RESET_PASSWORD_VERIFICATION_EMAIL_TEMPLATES`. @default the built-in words */
  readonly resetPasswordVerificationEmailTemplates?: MailTemplates
  /** `RESET_PASSWORD_SERIALIZER_PASSWORD_CONFIRM`. @default false */
  readonly resetPasswordSerializerPasswordConfirm?: boolean

  /** `REGISTER_EMAIL_VERIFICATION_ENABLED`: a new address is mailed a link; else it is changed at once. @default true */
  readonly registerEmailVerificationEnabled?: boolean
  /** `REGISTER_EMAIL_VERIFICATION_URL`. @default null: the product's own page */
  readonly registerEmailVerificationUrl?: string | null
  /** `REGISTER_EMAIL_VERIFICATION_EMAIL_TEMPLATES`. @default the built-in words */
  readonly registerEmailVerificationEmailTemplates?: MailTemplates

  /** `VERIFICATION_REPLY_TO_EMAIL`. @default null: the sender */
  readonly verificationReplyToEmail?: string | null
  /** `VERIFICATION_URL_BUILDER`. @default the page with `user_id`, `timestamp` and `signature` behind a question mark */
  readonly verificationUrlBuilder?: UrlBuilder
  /** `VERIFICATION_TEMPLATE_CONTEXT_BUILDER`: adds to what templates are given. @default nothing */
  readonly verificationTemplateContextBuilder?: (context: MailContext) => Readonly<Record<string, unknown>>
  /** `VERIFICATION_TEMPLATES_SELECTOR`: templates by the kind of mail; `null` for the default ones. @default the options above */
  readonly verificationTemplatesSelector?: MailSelector
  /** `VERIFICATION_EMAIL_HTML_TO_TEXT_CONVERTER`. @default keeps the addresses of links in brackets */
  readonly verificationEmailHtmlToTextConverter?: (html: string) => string

  /** `CHANGE_PASSWORD_SERIALIZER_PASSWORD_CONFIRM`. @default true */
  readonly changePasswordSerializerPasswordConfirm?: boolean
  /** `SUCCESS_RESPONSE_BUILDER`. @default `{ detail: message, …extra }` */
  readonly successResponseBuilder?: (success: SuccessResponse) => JsonValue
  /** `USE_NON_FIELD_ERRORS_KEY_FROM_DRF_SETTINGS`: the door's own errors stand under `non_field_errors`. @default false */
  readonly useNonFieldErrorsKeyFromDrfSettings?: boolean
  /** `NOT_AUTHENTICATED_PERMISSION_CLASSES`: all must agree. @default everybody */
  readonly notAuthenticatedPermissions?: readonly Permission[]
  /** `REST_REGISTRATION_VERIFICATION_REDIRECTS`: where the redirect views, below `redirects/`, lead. @default none: there are no such views */
  readonly verificationRedirects?: VerificationRedirects

  /** `LOGIN_SERIALIZER_CLASS`, `REGISTER_SERIALIZER_CLASS`, …: replaces what an endpoint reads. */
  readonly schemas?: { readonly [K in RestRegistrationInput]?: StandardSchema | FieldSet }
  /** `REGISTER_OUTPUT_SERIALIZER_CLASS`, `PROFILE_SERIALIZER_CLASS`: what they write. */
  readonly serialize?: RestRegistrationSerializers<F>
}

/** Throws what `userNotFound` makes, or any error of its own, where nobody is proven. */
export type LoginAuthenticator = (data: WireValues) => Promise<AuthenticatedUser> | AuthenticatedUser

export interface AuthenticatedUser {
  readonly id: Account['id']
  /** The name of the backend that found the user, for the session. @default `loginDefaultSessionAuthenticationBackend` */
  readonly backend?: string
}

export interface SuccessResponse {
  readonly message: string
  readonly status: number
  readonly extra: Readonly<Record<string, JsonValue>>
}

/** Addresses on this site or whole ones; `null`: 404 there. */
export interface VerificationRedirects {
  readonly verifyRegistrationSuccessUrl?: string | null
  readonly verifyRegistrationFailureUrl?: string | null
  readonly verifyEmailSuccessUrl?: string | null
  readonly verifyEmailFailureUrl?: string | null
  readonly resetPasswordSuccessUrl?: string | null
  readonly resetPasswordFailureUrl?: string | null
}

/** The endpoints whose input can be replaced. */
export type RestRegistrationInput = 'login' | 'register' | 'profile' | 'registerEmail' | 'sendResetPasswordLink'

export type RestRegistrationAccount<F extends FieldDefinitions = FieldDefinitions> = Omit<Account, 'fields'> & {
  readonly fields: ValuesOf<F>
}

export interface RestRegistrationSerializers<F extends FieldDefinitions = FieldDefinitions> {
  /** After registration. @default as `profile` */
  readonly registerOutput?: (account: RestRegistrationAccount<F>) => JsonValue
  /** At `profile/`. */
  readonly profile?: (account: RestRegistrationAccount<F>) => JsonValue
}
