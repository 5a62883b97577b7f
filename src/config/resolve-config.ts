import { parseIpRange } from '../util/ip-range.ts'
import { collectProblems, type Problems } from '../util/option-problems.ts'
import { checkShapes } from './check-shapes.ts'
import type { EngineOptions, RateLimit, RateLimitOptions, SiteOptions } from './options.ts'
import { resolveDrfJwt } from './resolve-drf-jwt.ts'
import { resolveLinks } from './resolve-links.ts'
import { resolveLockout } from './resolve-lockout.ts'
import { resolvePermissions } from './resolve-permissions.ts'
import { resolveSimpleJwt } from './resolve-simple-jwt.ts'
import { resolveSocial } from './resolve-social.ts'
import { resolveUser } from './resolve-user.ts'
import type { ResolvedConfig } from './resolved-config.ts'

const DAY_SECONDS = 86_400

/**
 * Fills in the defaults and checks every rule between options.
 *
 * @throws {TypeError} naming every option that is wrong and what to write instead
 */
export function resolveConfig(given: EngineOptions): ResolvedConfig {
  const problems = collectProblems()
  const options = checkShapes(given, problems)
  const environment = options.environment ?? 'production'
  const site = resolveSite(options.site, problems)
  checkSecrets(options.secrets, problems)
  // Whatever is not plainly development is judged as production: a slip of the pen must never weaken a site.
  if (environment !== 'development') checkProduction(options, site, problems)
  const sessions = resolveSessions(options, problems)
  const config: ResolvedConfig = {
    environment,
    site,
    ids: options.ids ?? 'integer',
    user: resolveUser(options, problems),
    permissions: resolvePermissions(options.permissions, problems),
    registration: { open: options.registration?.open ?? true },
    login: resolveLogin(options, problems),
    social: resolveSocial(options.social ?? {}, problems),
    lockout: resolveLockout(options.lockout, problems),
    rateLimits: resolveRateLimits(options.rateLimits, problems),
    sessions,
    jwt: resolveJwt(options, problems),
    simpleJwt: resolveSimpleJwt(options.simpleJwt ?? {}, sessions.absoluteSeconds, problems),
    drfJwt: resolveDrfJwt(options.drfJwt ?? {}, sessions.absoluteSeconds, problems),
    passwords: resolvePasswords(options, problems),
    codes: resolveCodes(options, problems),
    cookies: resolveCookies(options, site, problems),
    mail: {
      from: options.mail?.from ?? `${JSON.stringify(site.name)} <no-reply@${hostOf(site.origin)}>`,
      languages: options.mail?.languages ?? ['en', 'de'],
      links: resolveLinks(options.mail?.links ?? {}, site, problems),
      sendNoAccountNotice: options.mail?.sendNoAccountNotice ?? false,
    },
    trustedProxies: resolveProxies(options, problems),
    retention: resolveRetention(options, problems),
    migrationsFolder: options.migrationsFolder ?? null,
  }
  problems.throwIfAny()
  return deepFreeze(config)
}

function resolveSite(site: SiteOptions, problems: Problems): ResolvedConfig['site'] {
  const origin = originOf(site.origin)
  if (origin === null) {
    problems.add(
      'site.origin',
      `must be like https://example.org, without a path; it is ${JSON.stringify(site.origin)}`,
    )
  }
  const name = site.name.trim()
  if (name === '' || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) {
    problems.add('site.name', 'must be one line of text without control characters')
  }
  const trusted = new Set<string>(origin === null ? [] : [origin])
  for (const other of site.trustedOrigins ?? []) {
    const parsed = originOf(other)
    if (parsed === null)
      problems.add(
        'site.trustedOrigins',
        `must hold origins like https://app.example.org, not ${JSON.stringify(other)}`,
      )
    else trusted.add(parsed)
  }
  return { name, origin: origin ?? '', isHttps: origin?.startsWith('https:') ?? false, trustedOrigins: trusted }
}

/** The origin as a browser writes it, or `null` for anything but scheme, host and port. */
function originOf(text: unknown): string | null {
  if (typeof text !== 'string' || !URL.canParse(text)) return null
  const url = new URL(text)
  const isPlain =
    url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  return isPlain && isWeb ? url.origin : null
}

const hostOf = (origin: string): string => (URL.canParse(origin) ? new URL(origin).hostname : 'localhost')

/**
 * Texts that stand in documentation and examples, and that therefore everybody knows. Short words count only with
 * company: one random text in a thousand begins with "me".
 */
const SAMPLE_SECRET = new RegExp(
  [
    '^(?:change|insert|replace)[-_ .]*me',
    '^(?:change|insert|replace|your|my|the|some|a)?[-_ .]*(?:secret|example|password|portress)',
    '^(?:your|my|the|some)[-_ .]*(?:key|test)',
    '^(?:key|test)[-_ .]',
  ].join('|'),
  'i',
)

/** A random text of 32 bytes has far more kinds of characters than this in any usual encoding. */
const MIN_DISTINCT_CHARACTERS = 8

function checkSecrets(secrets: readonly (string | undefined)[], problems: Problems): void {
  if (!Array.isArray(secrets) || secrets.length === 0) {
    problems.add(
      'secrets',
      'must be a list with at least one random text of 32 bytes or more, such as `openssl rand -base64 48` prints',
    )
    return
  }
  for (const [index, secret] of secrets.entries()) {
    const path = `secrets[${index}]`
    if (typeof secret !== 'string')
      problems.add(path, 'is missing; set its environment variable to what `openssl rand -base64 48` prints')
    else if (Buffer.byteLength(secret) < 32) problems.add(path, 'must have 32 bytes or more')
    else if (SAMPLE_SECRET.test(secret) || new Set(secret).size < MIN_DISTINCT_CHARACTERS) {
      problems.add(path, 'looks like a sample from a document; make your own with `openssl rand -base64 48`')
    }
  }
}

function checkProduction(options: EngineOptions, site: ResolvedConfig['site'], problems: Problems): void {
  const allowsPlainHttp = options.cookies?.dangerouslyAllowPlainHttp ?? false
  if (!site.isHttps && site.origin !== '' && !allowsPlainHttp) {
    problems.add(
      'site.origin',
      'must begin with https:// in production; set environment: "development" to try things out',
    )
  }
  if (options.mailer === undefined || options.mailer.sentMails === 'keep') {
    problems.add('mailer', 'must send mails in production; give smtpMailer("smtps://…") or your own')
  }
}

function resolveLogin({ login = {}, user = {} }: EngineOptions, problems: Problems): ResolvedConfig['login'] {
  const available = user.username === 'none' ? (['email'] as const) : (['username', 'email'] as const)
  const identifiers = login.identifiers ?? available
  if (identifiers.length === 0) problems.add('login.identifiers', 'must name at least one of "username" and "email"')
  if (identifiers.includes('username') && user.username === 'none') {
    problems.add('login.identifiers', 'must not name "username" where user.username is "none"')
  }
  const emailMustBeVerified = login.emailMustBeVerified ?? user.email !== 'optional'
  return {
    identifiers,
    emailMustBeVerified,
    revealLocks: login.revealLocks ?? false,
    revealStatus: login.revealStatus ?? false,
    mailNewDevices: login.mailNewDevices ?? true,
    // The engine knows them.
    backends: [],
    defaultBackend: login.defaultBackend ?? null,
  }
}

const HOUR_SECONDS = 3600

const RATE_LIMITS: { readonly [K in keyof RateLimitOptions]-?: RateLimit } = {
  mailsPerRecipient: { count: 5, perSeconds: HOUR_SECONDS },
  mailsPerAddress: { count: 30, perSeconds: HOUR_SECONDS },
  registrationsPerAddress: { count: 30, perSeconds: HOUR_SECONDS },
  socialLoginsPerAddress: { count: 60, perSeconds: 60 },
  passwordsPerAddress: { count: 120, perSeconds: 60 },
  codesPerAddress: { count: 60, perSeconds: 60 },
  changesPerUser: { count: 10, perSeconds: HOUR_SECONDS },
  exportsPerUser: { count: 10, perSeconds: HOUR_SECONDS },
}

function resolveRateLimits(limits: RateLimitOptions = {}, problems: Problems): ResolvedConfig['rateLimits'] {
  const resolve = (name: keyof RateLimitOptions): RateLimit | null => {
    const limit = limits[name] ?? RATE_LIMITS[name]
    if (limit === false) return null
    problems.wholeNumber(`rateLimits.${name}.count`, limit.count, { min: 1 })
    problems.wholeNumber(`rateLimits.${name}.perSeconds`, limit.perSeconds, { min: 1 })
    return limit
  }
  return {
    mailsPerRecipient: resolve('mailsPerRecipient'),
    mailsPerAddress: resolve('mailsPerAddress'),
    registrationsPerAddress: resolve('registrationsPerAddress'),
    socialLoginsPerAddress: resolve('socialLoginsPerAddress'),
    passwordsPerAddress: resolve('passwordsPerAddress'),
    codesPerAddress: resolve('codesPerAddress'),
    changesPerUser: resolve('changesPerUser'),
    exportsPerUser: resolve('exportsPerUser'),
  }
}

function resolveSessions({ sessions = {} }: EngineOptions, problems: Problems): ResolvedConfig['sessions'] {
  const idleSeconds = sessions.idleSeconds ?? 14 * DAY_SECONDS
  const absoluteSeconds = sessions.absoluteSeconds ?? 30 * DAY_SECONDS
  const maxPerUser = sessions.maxPerUser ?? 100
  problems.wholeNumber('sessions.idleSeconds', idleSeconds, { min: 60 })
  // RFC 6265bis §5.5: browsers cap the life of a cookie at 400 days.
  problems.wholeNumber('sessions.absoluteSeconds', absoluteSeconds, { min: 60, max: 400 * DAY_SECONDS })
  problems.wholeNumber('sessions.maxPerUser', maxPerUser, { min: 1 })
  return { idleSeconds, absoluteSeconds, maxPerUser }
}

function resolveJwt({ jwt = {}, site }: EngineOptions, problems: Problems): ResolvedConfig['jwt'] {
  const stateless = jwt.stateless ?? false
  const accessLifetimeSeconds = jwt.accessLifetimeSeconds ?? (stateless ? 300 : 900)
  const refreshGraceSeconds = jwt.refreshGraceSeconds ?? 10
  problems.wholeNumber('jwt.accessLifetimeSeconds', accessLifetimeSeconds, {
    min: 1,
    max: stateless ? 300 : DAY_SECONDS,
  })
  problems.wholeNumber('jwt.refreshGraceSeconds', refreshGraceSeconds, { min: 0, max: 60 })
  return { accessLifetimeSeconds, audience: jwt.audience ?? site.origin, stateless, refreshGraceSeconds }
}

function resolvePasswords({ passwords = {} }: EngineOptions, problems: Problems): ResolvedConfig['passwords'] {
  const { memoryKiB = 19_456, passes = 2, parallelism = 1 } = passwords.argon2 ?? {}
  const { minLength = 8, workers = navigator.hardwareConcurrency, maxQueueSeconds = 3 } = passwords
  problems.wholeNumber('passwords.minLength', minLength, { min: 1, max: 128 })
  problems.wholeNumber('passwords.argon2.memoryKiB', memoryKiB, {
    min: 8 * Math.max(1, Number(parallelism) || 1),
    max: 4_194_304,
  })
  problems.wholeNumber('passwords.argon2.passes', passes, { min: 1, max: 64 })
  problems.wholeNumber('passwords.argon2.parallelism', parallelism, { min: 1, max: 64 })
  problems.wholeNumber('passwords.workers', workers, { min: 1, max: 256 })
  problems.wholeNumber('passwords.maxQueueSeconds', maxQueueSeconds, { min: 1, max: 60 })
  return { minLength, argon2: { memoryKiB, passes, parallelism }, workers, maxQueueSeconds }
}

function resolveCodes({ codes = {} }: EngineOptions, problems: Problems): ResolvedConfig['codes'] {
  const resolved = {
    verifyEmailSeconds: codes.verifyEmailSeconds ?? 7 * DAY_SECONDS,
    resetPasswordSeconds: codes.resetPasswordSeconds ?? HOUR_SECONDS,
    invitationSeconds: codes.invitationSeconds ?? 3 * DAY_SECONDS,
    changeEmailSeconds: codes.changeEmailSeconds ?? DAY_SECONDS,
    unlockSeconds: codes.unlockSeconds ?? DAY_SECONDS,
  }
  for (const [name, value] of Object.entries(resolved)) problems.wholeNumber(`codes.${name}`, value, { min: 60 })
  problems.wholeNumber('codes.invitationSeconds', resolved.invitationSeconds, { min: 60, max: 30 * DAY_SECONDS })
  problems.wholeNumber('codes.resetPasswordSeconds', resolved.resetPasswordSeconds, { min: 60, max: DAY_SECONDS })
  return resolved
}

function resolveCookies(
  { cookies = {}, environment }: EngineOptions,
  site: ResolvedConfig['site'],
  problems: Problems,
): ResolvedConfig['cookies'] {
  const isSecure = site.isHttps
  if (!isSecure && environment !== 'development' && !cookies.dangerouslyAllowPlainHttp) {
    problems.add('cookies.dangerouslyAllowPlainHttp', 'must be true to send cookies over plain HTTP')
  }
  // RFC 6265bis §4.1.3.2: the prefix promises Secure, Path=/ and no Domain, which plain HTTP cannot keep.
  const prefix = isSecure ? '__Host-' : ''
  return {
    isSecure,
    sameSite: cookies.sameSite ?? 'Lax',
    sessionName: `${prefix}portress-session`,
    deviceName: `${prefix}portress-device`,
    deviceAtEveryDoor: cookies.deviceAtEveryDoor ?? false,
    socialName: `${prefix}portress-social`,
  }
}

/** A range that means everybody would let anybody choose their own address, so it is refused, not tidied up. */
function resolveProxies({ trustedProxies = [] }: EngineOptions, problems: Problems): readonly string[] {
  for (const range of trustedProxies) {
    try {
      parseIpRange(range)
    } catch (error) {
      problems.add('trustedProxies', error instanceof Error ? error.message : String(error))
    }
  }
  return trustedProxies
}

function resolveRetention({ retention = {} }: EngineOptions, problems: Problems): ResolvedConfig['retention'] {
  const resolved = {
    attemptsDays: retention.attemptsDays ?? 90,
    pendingUsersDays: retention.pendingUsersDays ?? 7,
    maxUnknownIdentifiers: retention.maxUnknownIdentifiers ?? 100_000,
    auditDays: retention.auditDays ?? 365,
  }
  for (const [name, value] of Object.entries(resolved)) problems.wholeNumber(`retention.${name}`, value, { min: 1 })
  return resolved
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof Set || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) deepFreeze(part)
  return Object.freeze(value)
}
