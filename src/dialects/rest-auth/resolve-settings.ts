import type { Engine } from '../../commands/context.ts'
import { allowAny } from '../drf/permissions.ts'
import { checkFit } from './check-fit.ts'
import type { RestAuthOptions } from './options.ts'
import { type DoorLinks, type RestAuthSettings, resolveDoor, type UsernameRules } from './settings.ts'

type Config = Engine['config']

/**
 * Fills in every default. Options of a wrong kind have been refused before.
 *
 * @throws {TypeError} for options that do not fit the configuration
 */
export function resolveSettings(options: RestAuthOptions, config: Config): RestAuthSettings {
  checkFit(options, config)
  const emailVerification = verificationOf(options, config)
  return {
    ...resolveDoor(options),
    ...DEFAULTS,
    ...givenAmong(DEFAULTS, options),
    answer: options.useJwt === true ? 'jwt' : options.tokenModel === null ? 'none' : 'token',
    registerPermission: permissionOf(options.registerPermission),
    emailVerification,
    loginMethods: options.loginMethods ?? config.login.identifiers,
    signup: signupOf(options, config),
    usernameRules: usernameRulesOf(options, config),
    // Who is logged in at once, or not, sees that much anyway.
    tellsTakenAddresses: emailVerification !== 'mandatory' || options.dangerouslyTellTakenAddresses === true,
    socialPaths: socialPathsOf(options, config),
    links: linksOf(options, config),
    mail: mailOf(options, config),
    user: config.user,
  }
}

/** What is taken as it is given. */
const DEFAULTS = {
  pageSize: null,
  sessionLogin: true,
  oldPasswordFieldEnabled: false,
  logoutOnPasswordChange: false,
  dangerouslyLogoutOnGet: false,
  ignoreStaleCredentials: false,
  jwtAuthReturnExpiration: false,
  tokenBlacklist: false,
  refreshInBodyWithoutCookie: false,
  registrationSetsJwtCookies: false,
  registration: true,
  socialAccountsPath: 'socialaccounts',
  schemas: {},
  serialize: {},
  mails: {},
} as const satisfies Partial<RestAuthSettings>

function givenAmong<K extends keyof RestAuthOptions>(
  names: Readonly<Record<K, unknown>>,
  options: RestAuthOptions,
): { readonly [N in K]?: Exclude<RestAuthOptions[N], undefined> } {
  const given = Object.entries(options).filter(([name, value]) => name in names && value !== undefined)
  return Object.fromEntries(given) as { readonly [N in K]?: Exclude<RestAuthOptions[N], undefined> }
}

function permissionOf(given: RestAuthOptions['registerPermission']): RestAuthSettings['registerPermission'] {
  if (given === undefined) return { allows: allowAny, message: null }
  return typeof given === 'function' ? { allows: given, message: null } : given
}

function verificationOf(
  { emailVerification }: RestAuthOptions,
  { login }: Config,
): RestAuthSettings['emailVerification'] {
  return login.emailMustBeVerified ? 'mandatory' : (emailVerification ?? 'optional')
}

function signupOf(options: RestAuthOptions, config: Config): RestAuthSettings['signup'] {
  const { signupFields = {} } = options
  const { user } = config
  const isMandatory = verificationOf(options, config) === 'mandatory'
  return {
    isUsernameRequired: (signupFields.username ?? user.username) === 'required',
    // Whoever has none could never prove it.
    isEmailRequired: isMandatory || user.email === 'required' || signupFields.email === 'required',
  }
}

function usernameRulesOf(options: RestAuthOptions, { user }: Config): UsernameRules {
  return {
    minLength: options.usernameMinLength ?? 1,
    maxLength: user.usernameMaxLength,
    blacklist: new Set((options.usernameBlacklist ?? []).map((name) => name.toLowerCase())),
    validators: options.usernameValidators ?? [],
    preservesCasing: options.preserveUsernameCasing ?? true,
  }
}

function socialPathsOf({ socialLogin }: RestAuthOptions, { social }: Config): RestAuthSettings['socialPaths'] {
  const given = socialLogin ?? Object.fromEntries(social.providers.map((name) => [name, name]))
  const paths = Object.entries(given).map(([path, to]) => {
    const named = typeof to === 'string' ? { provider: to } : to
    return [path, { ...named, takesTokenSecret: social.tokenSecretProviders.includes(named.provider) }]
  })
  return Object.fromEntries(paths)
}

function linksOf(options: RestAuthOptions, config: Config): DoorLinks {
  const { origin } = siteOf(options, config)
  const whole = (path: string | undefined): string | null =>
    path === undefined ? null : `${origin}/${path.replace(/^\/+/, '')}`
  return {
    passwordReset: whole(options.passwordResetConfirmUrl),
    confirmEmail: whole(options.accountConfirmEmailUrl),
    verificationSent: whole(options.emailVerificationSentUrl) ?? `${config.site.origin}/`,
    site: `${origin}/`,
  }
}

function mailOf(options: RestAuthOptions, config: Config): RestAuthSettings['mail'] {
  const { siteName = config.site.name, emailSubjectPrefix = null } = options
  return { siteName, domain: siteOf(options, config).host, subjectPrefix: emailSubjectPrefix }
}

/** Never from a request: whoever sends one could name any host. */
function siteOf({ domain, defaultHttpProtocol }: RestAuthOptions, { site }: Config): { origin: string; host: string } {
  const own = new URL(site.origin)
  const host = domain ?? own.host
  return { host, origin: `${defaultHttpProtocol ?? own.protocol.slice(0, -1)}://${host}` }
}
