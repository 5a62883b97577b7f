import type { Engine } from '../../commands/context.ts'
import { restAuthCatalogues } from '../../messages/rest-auth/catalogues.ts'
import type { JwtCookieSettings } from '../drf/jwt-cookies.ts'
import type { Permission } from '../drf/permissions.ts'
import type { SchemeName, ThrottleRate } from '../drf/view.ts'
import type { RestAuthGeneration, RestAuthOptions, SocialPath } from './options.ts'

type Config = Engine['config']

/** The options with every default filled in. */
export interface RestAuthSettings extends DoorSettings {
  readonly pageSize: number | null
  /** The answer of a log-in: JSON Web Tokens, the user's token, or nothing but a status. */
  readonly answer: 'jwt' | 'token' | 'none'
  readonly sessionLogin: boolean
  readonly oldPasswordFieldEnabled: boolean
  readonly logoutOnPasswordChange: boolean
  readonly dangerouslyLogoutOnGet: boolean
  readonly ignoreStaleCredentials: boolean
  readonly jwtAuthReturnExpiration: boolean
  readonly tokenBlacklist: boolean
  readonly refreshInBodyWithoutCookie: boolean
  readonly registrationSetsJwtCookies: boolean
  readonly registration: boolean
  readonly registerPermission: { readonly allows: Permission; readonly message: string | null }
  readonly emailVerification: 'mandatory' | 'optional' | 'none'
  readonly loginMethods: readonly ('username' | 'email')[]
  readonly signup: { readonly isUsernameRequired: boolean; readonly isEmailRequired: boolean }
  readonly usernameRules: UsernameRules
  /** Whoever takes an address that somebody has is told so. */
  readonly tellsTakenAddresses: boolean
  readonly socialPaths: Readonly<Record<string, SocialWay>>
  readonly socialAccountsPath: string | null
  readonly links: DoorLinks
  readonly mail: { readonly siteName: string; readonly domain: string; readonly subjectPrefix: string | null }
  readonly schemas: NonNullable<RestAuthOptions['schemas']>
  readonly serialize: NonNullable<RestAuthOptions['serialize']>
  readonly mails: NonNullable<RestAuthOptions['mails']>
  readonly user: Config['user']
}

/** What is behind a path of social log-in. */
export interface SocialWay extends SocialPath {
  /** Clients bring a token with its secret (OAuth 1.0a). */
  readonly takesTokenSecret: boolean
}

/** What must be known before there is a configuration. */
export interface DoorSettings {
  readonly name: string
  readonly generation: RestAuthGeneration
  readonly authentication: readonly [SchemeName, ...SchemeName[]]
  /** The default one first. */
  readonly languages: readonly [string, ...string[]]
  readonly isTranslated: boolean
  readonly throttleRate: ThrottleRate | null
  readonly jwtCookies: JwtCookieSettings
  /** Whether a token is the user's only one. */
  readonly tokenCarrier: 'user-token' | 'token'
}

export interface UsernameRules {
  /** Code points. */
  readonly minLength: number
  readonly maxLength: number
  /** In lower case. */
  readonly blacklist: ReadonlySet<string>
  readonly validators: readonly ((username: string) => string | null)[]
  readonly preservesCasing: boolean
}

/** Whole addresses with their placeholders; `null`: the product's own page. */
export interface DoorLinks {
  readonly passwordReset: string | null
  readonly confirmEmail: string | null
  readonly verificationSent: string
  /** The site's start page. */
  readonly site: string
}

export function resolveDoor(options: RestAuthOptions): DoorSettings {
  const { generation = '7', languages } = options
  return {
    name: options.name ?? 'rest-auth',
    generation,
    authentication: nonEmpty(options.authentication, defaultSchemes(generation, options.useJwt === true)),
    languages: languages === 'all' ? nonEmpty(restAuthCatalogues.languages, ['en']) : nonEmpty(languages, ['en']),
    isTranslated: languages !== undefined,
    throttleRate: options.throttleRate ?? null,
    jwtCookies: jwtCookiesOf(generation, options),
    tokenCarrier: options.tokenCreator === 'create' ? 'token' : 'user-token',
  }
}

function defaultSchemes(generation: RestAuthGeneration, useJwt: boolean): readonly [SchemeName, ...SchemeName[]] {
  if (!useJwt) return ['session', 'token']
  return [generation === '7' ? 'jwt-cookie' : 'drf-jwt', 'session']
}

/** 0.9 knew one cookie and no settings for it but the name. */
function jwtCookiesOf(generation: RestAuthGeneration, options: RestAuthOptions): JwtCookieSettings {
  const isOld = generation === '0.9'
  return {
    accessName: options.jwtAuthCookie ?? null,
    refreshName: isOld ? null : (options.jwtAuthRefreshCookie ?? null),
    refreshPath: options.jwtAuthRefreshCookiePath ?? '/',
    isSecure: options.jwtAuthSecure ?? null,
    isHttpOnly: options.jwtAuthHttpOnly ?? true,
    sameSite: options.jwtAuthSameSite ?? 'Lax',
    domain: options.jwtAuthCookieDomain ?? null,
    usesCsrf: options.jwtAuthCookieUseCsrf ?? false,
    enforcesCsrfOnUnauthenticated: options.jwtAuthCookieEnforceCsrfOnUnauthenticated ?? false,
  }
}

function nonEmpty<T>(given: readonly T[] | undefined, otherwise: readonly [T, ...T[]]): readonly [T, ...T[]] {
  const [first, ...rest] = given ?? otherwise
  return first === undefined ? otherwise : [first, ...rest]
}
