import type { FieldDefinitions } from '../model/field.ts'
import type { DeclaredPermissions } from '../model/permission.ts'
import type { IpRange } from '../util/ip-range.ts'
import type {
  DrfJwtOptions,
  LinkTemplates,
  LockoutKey,
  RateLimit,
  RateLimitOptions,
  SimpleJwtOptions,
} from './options.ts'

/** The options with every default filled in and every rule checked; frozen. */
export interface ResolvedConfig {
  readonly environment: 'production' | 'development'
  readonly site: {
    readonly name: string
    /** Scheme, host and port, as a browser writes it. */
    readonly origin: string
    readonly isHttps: boolean
    /** The site's own origin and those trusted beside it. */
    readonly trustedOrigins: ReadonlySet<string>
  }
  readonly ids: 'integer' | 'uuid'
  readonly user: {
    readonly username: 'required' | 'optional' | 'invented' | 'none'
    /** A user name may have an `@`. */
    readonly allowAt: boolean
    readonly email: 'required' | 'optional'
    readonly emailUnique: 'always' | 'once-proven'
    readonly fields: FieldDefinitions
    readonly profiles: Readonly<Record<string, FieldDefinitions>>
    readonly reservedUsernames: readonly string[]
    readonly usernameMaxLength: number
  }
  /** The application's own permissions, then the built-in ones. */
  readonly permissions: DeclaredPermissions
  readonly registration: { readonly open: boolean }
  readonly login: {
    readonly identifiers: readonly ('username' | 'email')[]
    readonly emailMustBeVerified: boolean
    readonly revealLocks: boolean
    readonly revealStatus: boolean
    readonly mailNewDevices: boolean
    /** The names of the backends, in the order in which they are asked. */
    readonly backends: readonly string[]
    /** The name of the one that speaks for sessions that none of them began; `null` until the engine knows. */
    readonly defaultBackend: string | null
  }
  readonly social: {
    /** The names of the providers, in the order in which they were given. */
    readonly providers: readonly string[]
    /** Those of them whose clients bring an access token with its secret. */
    readonly tokenSecretProviders: readonly string[]
    /** A path below the site's origin, with the placeholder `{provider}`. */
    readonly callback: string
    readonly linkProvenAddresses: boolean
    readonly storeTokens: boolean
  }
  readonly lockout: ResolvedLockout
  readonly rateLimits: { readonly [K in keyof RateLimitOptions]-?: RateLimit | null }
  readonly sessions: { readonly idleSeconds: number; readonly absoluteSeconds: number; readonly maxPerUser: number }
  readonly jwt: {
    readonly accessLifetimeSeconds: number
    readonly audience: string
    readonly stateless: boolean
    readonly refreshGraceSeconds: number
  }
  readonly simpleJwt: Required<SimpleJwtOptions>
  readonly drfJwt: Required<DrfJwtOptions>
  readonly passwords: {
    readonly minLength: number
    readonly argon2: { readonly memoryKiB: number; readonly passes: number; readonly parallelism: number }
    readonly workers: number
    readonly maxQueueSeconds: number
  }
  readonly codes: {
    readonly verifyEmailSeconds: number
    readonly resetPasswordSeconds: number
    readonly invitationSeconds: number
    readonly changeEmailSeconds: number
    readonly unlockSeconds: number
  }
  readonly cookies: {
    readonly isSecure: boolean
    readonly sameSite: 'Lax' | 'Strict'
    readonly sessionName: string
    readonly deviceName: string
    /** Doors of other vocabularies set that cookie as well. */
    readonly deviceAtEveryDoor: boolean
    /** Carries a social log-in from its beginning to the callback. */
    readonly socialName: string
  }
  readonly mail: {
    readonly from: string
    readonly languages: readonly string[]
    /** Absolute addresses with the placeholder `{code}`. */
    readonly links: LinkTemplates
    readonly sendNoAccountNotice: boolean
  }
  readonly trustedProxies: readonly string[]
  readonly retention: {
    readonly attemptsDays: number
    readonly pendingUsersDays: number
    readonly maxUnknownIdentifiers: number
    readonly auditDays: number
  }
  readonly migrationsFolder: string | null
}

export interface ResolvedLockout {
  /** Each is counted by itself, and its parts together: in the order of `LockoutKey`, never empty, no two alike. */
  readonly keys: readonly (readonly LockoutKey[])[]
  readonly maxFailures: number
  readonly windowSeconds: number
  /** How long the first lock lasts, how long the second, and so on; the last repeats. `null`: none ends by itself. */
  readonly lockTiersSeconds: readonly number[] | null
  readonly forgetAfterSeconds: number
  readonly maxFailuresPerAddress: number
  readonly neverLock: ResolvedLockoutList
  readonly alwaysRefuse: ResolvedLockoutList
  readonly maxWaitMilliseconds: number
}

export interface ResolvedLockoutList {
  readonly addresses: readonly IpRange[]
  /** In canonical form. */
  readonly identifiers: ReadonlySet<string>
}
