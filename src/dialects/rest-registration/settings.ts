import type { Engine } from '../../commands/context.ts'
import { restRegistrationCatalogues } from '../../messages/rest-registration/catalogues.ts'
import type { Permission } from '../drf/permissions.ts'
import type { SchemeName, ThrottleRate } from '../drf/view.ts'
import type { MailTemplates } from './mail-template.ts'
import type { RestRegistrationOptions, VerificationRedirects } from './options.ts'

type Config = Engine['config']

type Options = Required<RestRegistrationOptions>

/** Options that are taken as they are given. */
type TakenAsGiven = Pick<
  Options,
  | 'userVerificationIdField'
  | 'registerFlowEnabled'
  | 'registerSerializerPasswordConfirm'
  | 'registerVerificationEnabled'
  | 'registerVerificationOneTimeUse'
  | 'registerVerificationAutoLogin'
  | 'sendResetPasswordLinkSerializerUseEmail'
  | 'dangerouslyResetPasswordFailWhenUserNotFound'
  | 'resetPasswordMayBeUnknown'
  | 'resetPasswordVerificationEnabled'
  | 'resetPasswordSerializerPasswordConfirm'
  | 'registerEmailVerificationEnabled'
  | 'changePasswordSerializerPasswordConfirm'
  | 'useNonFieldErrorsKeyFromDrfSettings'
  | 'loginDefaultSessionAuthenticationBackend'
  | 'verificationReplyToEmail'
  | 'schemas'
  | 'serialize'
>

/** Functions that a site may give; `null`: the door's own way. */
type Replaceable = {
  readonly [K in
    | 'loginAuthenticator'
    | 'sendResetPasswordLinkUserFinder'
    | 'verificationUrlBuilder'
    | 'verificationTemplateContextBuilder'
    | 'verificationTemplatesSelector'
    | 'verificationEmailHtmlToTextConverter'
    | 'successResponseBuilder']: Options[K] | null
}

/** The options with every default filled in. */
export interface RestRegistrationSettings extends DoorSettings, TakenAsGiven, Replaceable {
  /** `USER_LOGIN_FIELDS`. */
  readonly loginFields: readonly LoginField[]
  /** Names in the model of what registration takes and the profile shows, in the model's order. */
  readonly publicFields: readonly string[]
  /** Those of them that the profile may change. */
  readonly editableFields: ReadonlySet<string>
  /** Whether a log-in begins a session with a cookie. */
  readonly authenticatesSession: boolean
  /** Whether a log-in gives a token. */
  readonly retrievesToken: boolean
  /** Whoever takes an address that somebody has is told so. */
  readonly tellsTakenAddresses: boolean
  /** Whole addresses of the front end's pages; `null`: the product's own page. */
  readonly links: ByMailedLink<string | null>
  /** `null`: the built-in words. */
  readonly templates: ByMailedLink<MailTemplates | null>
  readonly publicPermission: Permission
  /** `null`: there are no such views. */
  readonly redirects: Required<VerificationRedirects> | null
  /** Who sends the mails. */
  readonly sender: string
  readonly site: Config['site']
  readonly user: Config['user']
}

export type LoginField = 'username' | 'email'

/** What there is once for each kind of mailed link. */
export interface ByMailedLink<T> {
  readonly register: T
  readonly resetPassword: T
  readonly registerEmail: T
}

/** What must be known before there is a configuration. */
export interface DoorSettings {
  readonly name: string
  readonly authentication: readonly [SchemeName, ...SchemeName[]]
  /** The default one first. */
  readonly languages: readonly [string, ...string[]]
  readonly isTranslated: boolean
  readonly throttleRate: ThrottleRate | null
  /** Who makes the tokens. */
  readonly tokenCarrier: 'user-token' | 'token' | 'simple-jwt'
}

export function resolveDoor(options: RestRegistrationOptions): DoorSettings {
  const { languages } = options
  return {
    name: options.name ?? 'rest-registration',
    authentication: nonEmpty(options.authentication, ['session', 'basic', 'token']),
    languages:
      languages === 'all' ? nonEmpty(restRegistrationCatalogues.languages, ['en']) : nonEmpty(languages, ['en']),
    isTranslated: languages !== undefined,
    throttleRate: options.throttleRate ?? null,
    tokenCarrier: options.authTokenManager ?? 'user-token',
  }
}

function nonEmpty<T>(given: readonly T[] | undefined, otherwise: readonly [T, ...T[]]): readonly [T, ...T[]] {
  const [first, ...rest] = given ?? otherwise
  return first === undefined ? otherwise : [first, ...rest]
}
