import type { Engine } from '../../commands/context.ts'
import { allowAny } from '../drf/permissions.ts'
import { checkFit } from './check-fit.ts'
import { loginFieldsOf } from './login-fields.ts'
import { editableFieldsOf, publicFieldsOf } from './model-fields.ts'
import type { RestRegistrationOptions } from './options.ts'
import { type ByMailedLink, type RestRegistrationSettings, resolveDoor } from './settings.ts'

type Config = Engine['config']

/**
 * Fills in every default. Options of a wrong kind have been refused before.
 *
 * @throws {TypeError} for options that do not fit the configuration
 */
export function resolveSettings(options: RestRegistrationOptions, config: Config): RestRegistrationSettings {
  checkFit(options, config)
  const door = resolveDoor(options)
  const publicFields = publicFieldsOf(options, config.user)
  return {
    ...door,
    ...DEFAULTS,
    ...givenAmong(DEFAULTS, options),
    loginFields: loginFieldsOf(options, config),
    publicFields,
    editableFields: editableFieldsOf(options, publicFields),
    authenticatesSession: options.loginAuthenticateSession ?? door.authentication.includes('session'),
    retrievesToken: options.loginRetrieveToken ?? givesTokensByItself(options),
    // Who is logged in at once, or not, sees that much anyway.
    tellsTakenAddresses: options.registerVerificationEnabled === false,
    links: linksOf(options, config),
    templates: {
      register: options.registerVerificationEmailTemplates ?? null,
      resetPassword: options.resetPasswordVerificationEmailTemplates ?? null,
      registerEmail: options.registerEmailVerificationEmailTemplates ?? null,
    },
    publicPermission: permissionOf(options),
    redirects: redirectsOf(options),
    sender: config.mail.from,
    site: config.site,
    user: config.user,
  }
}

/** What is taken as it is given. */
const DEFAULTS = {
  userVerificationIdField: 'id',
  registerFlowEnabled: true,
  registerSerializerPasswordConfirm: true,
  registerVerificationEnabled: true,
  registerVerificationOneTimeUse: false,
  registerVerificationAutoLogin: false,
  loginAuthenticator: null,
  loginDefaultSessionAuthenticationBackend: null,
  sendResetPasswordLinkSerializerUseEmail: false,
  sendResetPasswordLinkUserFinder: null,
  dangerouslyResetPasswordFailWhenUserNotFound: false,
  resetPasswordMayBeUnknown: false,
  resetPasswordVerificationEnabled: true,
  resetPasswordSerializerPasswordConfirm: false,
  registerEmailVerificationEnabled: true,
  verificationReplyToEmail: null,
  verificationUrlBuilder: null,
  verificationTemplateContextBuilder: null,
  verificationTemplatesSelector: null,
  verificationEmailHtmlToTextConverter: null,
  changePasswordSerializerPasswordConfirm: true,
  successResponseBuilder: null,
  useNonFieldErrorsKeyFromDrfSettings: false,
  schemas: {},
  serialize: {},
} as const satisfies Partial<RestRegistrationSettings>

type Given<K extends keyof RestRegistrationOptions> = {
  readonly [N in K]?: Exclude<RestRegistrationOptions[N], undefined>
}

function givenAmong<K extends keyof RestRegistrationOptions>(
  names: Readonly<Record<K, unknown>>,
  options: RestRegistrationOptions,
): Given<K> {
  const given = Object.entries(options).filter(([name, value]) => name in names && value !== undefined)
  return Object.fromEntries(given) as Given<K>
}

/** As in the original, only the stock manager is turned on by what clients may authenticate with. */
const givesTokensByItself = (options: RestRegistrationOptions): boolean =>
  options.authTokenManager === undefined && resolveDoor(options).authentication.includes('token')

function linksOf(options: RestRegistrationOptions, { site }: Config): ByMailedLink<string | null> {
  // Never from a request: whoever sends one could name any host.
  const whole = (given: string | null | undefined): string | null =>
    given?.startsWith('/') ? site.origin + given : (given ?? null)
  return {
    register: whole(options.registerVerificationUrl),
    resetPassword: whole(options.resetPasswordVerificationUrl),
    registerEmail: whole(options.registerEmailVerificationUrl),
  }
}

function permissionOf({
  notAuthenticatedPermissions: all = [],
}: RestRegistrationOptions): RestRegistrationSettings['publicPermission'] {
  return all.length === 0 ? allowAny : (input) => all.every((permission) => permission(input))
}

function redirectsOf({ verificationRedirects: given }: RestRegistrationOptions): RestRegistrationSettings['redirects'] {
  if (given === undefined) return null
  return {
    verifyRegistrationSuccessUrl: given.verifyRegistrationSuccessUrl ?? null,
    verifyRegistrationFailureUrl: given.verifyRegistrationFailureUrl ?? null,
    verifyEmailSuccessUrl: given.verifyEmailSuccessUrl ?? null,
    verifyEmailFailureUrl: given.verifyEmailFailureUrl ?? null,
    resetPasswordSuccessUrl: given.resetPasswordSuccessUrl ?? null,
    resetPasswordFailureUrl: given.resetPasswordFailureUrl ?? null,
  }
}
