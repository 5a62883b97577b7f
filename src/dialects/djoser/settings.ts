import type { Engine } from '../../commands/context.ts'
import { djoserCatalogues } from '../../messages/djoser/catalogues.ts'
import type { FieldSet } from '../drf/field-set.ts'
import type { Permission } from '../drf/permissions.ts'
import type { StandardSchema } from '../drf/standard-schema.ts'
import type { SchemeName } from '../drf/view.ts'
import type { DjoserMailTemplate, MailSite } from './mail-template.ts'
import { type DjoserModel, resolveModel } from './model.ts'
import type {
  DjoserAction,
  DjoserConstant,
  DjoserInput,
  DjoserMail,
  DjoserOptions,
  DjoserSerializers,
  Generation,
} from './options.ts'
import { resolvePermissions } from './resolve-permissions.ts'

/** The options with every default filled in. */
export interface DjoserSettings extends DoorSettings {
  /** What depends on the user model: which field is which, and its name on the wire. */
  readonly model: DjoserModel
  readonly hideUsers: boolean
  readonly pageSize: number | null
  readonly permissions: { readonly [K in DjoserAction]: Permission }
  readonly sendActivationEmail: boolean
  readonly sendConfirmationEmail: boolean
  readonly passwordChangedEmailConfirmation: boolean
  readonly usernameChangedEmailConfirmation: boolean
  readonly userCreatePasswordRetype: boolean
  readonly setPasswordRetype: boolean
  readonly passwordResetConfirmRetype: boolean
  readonly setUsernameRetype: boolean
  readonly usernameResetConfirmRetype: boolean
  /** Either of the two settings. */
  readonly showEmailNotFound: boolean
  readonly logoutOnPasswordChange: boolean
  readonly createSessionOnLogin: boolean
  readonly hasTokens: boolean
  readonly loginAfterRegistration: boolean
  readonly loginAfterActivation: boolean
  /** Templates with `{uid}` and `{token}`; `null`: the product's own link. */
  readonly activationUrl: string | null
  readonly passwordResetConfirmUrl: string | null
  readonly usernameResetConfirmUrl: string | null
  /** What 0.x says in its mails; what 2.x says may differ. */
  readonly site: MailSite
  readonly frontend: MailSite
  readonly schemas: { readonly [K in DjoserInput]?: StandardSchema | FieldSet }
  readonly serialize: DjoserSerializers
  readonly mails: { readonly [K in DjoserMail]?: DjoserMailTemplate }
  readonly constants: { readonly [K in DjoserConstant]?: string }
}

/** What must be known before there is a configuration. */
export interface DoorSettings {
  readonly name: string
  readonly generations: readonly Generation[]
  readonly authentication: readonly [SchemeName, ...SchemeName[]]
  readonly authHeaderTypes: readonly [string, ...string[]]
  /** The default one first. */
  readonly languages: readonly [string, ...string[]]
  readonly isTranslated: boolean
}

export function resolveDoor(options: DjoserOptions): DoorSettings {
  return {
    name: options.name ?? 'djoser',
    generations: options.generations ?? ['first', 'second'],
    authentication: nonEmpty(options.authentication, ['token', 'jwt']),
    authHeaderTypes: nonEmpty(options.authHeaderTypes, ['Bearer', 'JWT']),
    languages:
      options.languages === 'all' ? nonEmpty(djoserCatalogues.languages, ['en']) : nonEmpty(options.languages, ['en']),
    isTranslated: options.languages !== undefined,
  }
}

function nonEmpty<T>(given: readonly T[] | undefined, otherwise: readonly [T, ...T[]]): readonly [T, ...T[]] {
  const [first, ...rest] = given ?? otherwise
  return first === undefined ? otherwise : [first, ...rest]
}

/**
 * Fills in every default. Options of a wrong kind have been refused before.
 *
 * @throws {TypeError} for options that do not fit the configuration
 */
export function resolveSettings(options: DjoserOptions, config: Engine['config']): DjoserSettings {
  const site = siteOf(options, config)
  const { passwordResetShowEmailNotFound, usernameResetShowEmailNotFound, tokenModel } = options
  return {
    ...resolveDoor(options),
    ...DEFAULTS,
    ...givenAmong(DEFAULTS, options),
    model: resolveModel(options, config),
    permissions: resolvePermissions(options.permissions ?? {}),
    sendActivationEmail: options.sendActivationEmail ?? config.login.emailMustBeVerified,
    showEmailNotFound: passwordResetShowEmailNotFound === true || usernameResetShowEmailNotFound === true,
    hasTokens: tokenModel !== null,
    site,
    frontend: {
      protocol: options.emailFrontendProtocol ?? site.protocol,
      domain: options.emailFrontendDomain ?? site.domain,
      siteName: options.emailFrontendSiteName ?? site.siteName,
    },
  }
}

/** What is taken as it is given. */
const DEFAULTS = {
  hideUsers: true,
  pageSize: null,
  sendConfirmationEmail: false,
  passwordChangedEmailConfirmation: false,
  usernameChangedEmailConfirmation: false,
  userCreatePasswordRetype: false,
  setPasswordRetype: false,
  passwordResetConfirmRetype: false,
  setUsernameRetype: false,
  usernameResetConfirmRetype: false,
  logoutOnPasswordChange: false,
  createSessionOnLogin: false,
  loginAfterRegistration: false,
  loginAfterActivation: false,
  activationUrl: null,
  passwordResetConfirmUrl: null,
  usernameResetConfirmUrl: null,
  schemas: {},
  serialize: {},
  mails: {},
  constants: {},
} as const satisfies Partial<DjoserSettings>

function givenAmong<K extends keyof DjoserOptions>(
  names: Readonly<Record<K, unknown>>,
  options: DjoserOptions,
): { readonly [N in K]?: Exclude<DjoserOptions[N], undefined> } {
  const given = Object.entries(options).filter(([name, value]) => name in names && value !== undefined)
  return Object.fromEntries(given) as { readonly [N in K]?: Exclude<DjoserOptions[N], undefined> }
}

function siteOf({ domain, siteName }: DjoserOptions, { site }: Engine['config']): MailSite {
  const { host, protocol } = new URL(site.origin)
  return { protocol: protocol.slice(0, -1), domain: domain ?? host, siteName: siteName ?? site.name }
}
