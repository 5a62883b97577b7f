import { passwordBackend } from './backends/password-backend.ts'
import type { Engine } from './commands/context.ts'
import { emitter } from './commands/steps/emitter.ts'
import { createKeyring } from './commands/steps/keyring.ts'
import { createLastUseBuffer } from './commands/steps/last-use-buffer.ts'
import { createSlotQueue } from './commands/steps/slot-queue.ts'
import { checkBackends } from './config/check-backends.ts'
import type { EngineOptions } from './config/options.ts'
import { resolveConfig } from './config/resolve-config.ts'
import type { ResolvedConfig } from './config/resolved-config.ts'
import { systemClock } from './config/system-clock.ts'
import type { AuthenticationBackend } from './contracts/authentication-backend.ts'
import type { IdentityProvider, IdentityProviderTools } from './contracts/identity-provider.ts'
import type { Logger } from './contracts/logger.ts'
import type { TokenManager, TokenTools } from './contracts/token-manager.ts'
import type { PasswordValidator } from './contracts/validator.ts'
import { hashLane } from './hashers/hash-lane.ts'
import { outboxMailer } from './mailers/outbox-mailer.ts'
import { guardedNameUser } from './mails/guarded-name-user.ts'
import { writeMail } from './mails/write-mail.ts'
import { CARRIERS } from './model/session.ts'
import { providerFetch } from './providers/provider-fetch.ts'
import { drfJwtTokens } from './tokens/drf-jwt-tokens.ts'
import { jwtTokens } from './tokens/jwt-tokens.ts'
import { opaqueTokens } from './tokens/opaque-tokens.ts'
import { simpleJwtTokens } from './tokens/simple-jwt-tokens.ts'
import { userTokens } from './tokens/user-tokens.ts'
import { consoleLogger } from './util/console-logger.ts'
import { systemRandom } from './util/system-random.ts'
import { minimumLength } from './validators/minimum-length.ts'
import { noContextWords } from './validators/no-context-words.ts'
import { notCommon } from './validators/not-common.ts'
import { notEntirelyNumeric } from './validators/not-entirely-numeric.ts'
import { notSimilar } from './validators/not-similar.ts'

const SILENT: Logger = { debug() {}, info() {}, warn() {}, error() {} }

/**
 * Joins configuration and implementations; the styles of mails are the doors', which `createAuth` knows. `mailWaiting` is
 * called whenever a mail was put into the outbox.
 */
export function createEngine(options: EngineOptions, mailWaiting: () => void): Engine {
  const resolved = resolveConfig(options)
  const logger = options.logger === false ? SILENT : (options.logger ?? consoleLogger)
  warnOfDangers(resolved, options, logger)
  const clock = options.clock ?? systemClock
  const random = options.random ?? systemRandom
  const backends = backendsOf(options, resolved)
  const providers = providersOf(options, backends, providerTools(resolved, { clock, random }))
  const config = withNames(resolved, { backends, providers })
  const store = options.store.open({
    ids: config.ids,
    fields: config.user.fields,
    profiles: config.user.profiles,
    emailUnique: config.user.emailUnique,
    migrationsFolder: config.migrationsFolder,
  })
  const keys = createKeyring(secretsOf(options))
  const idleMilliseconds = config.sessions.idleSeconds * 1000
  const displayName = options.user?.displayName
  const nameUser = displayName === undefined ? null : guardedNameUser(displayName, logger)
  return {
    config,
    store,
    throttles: options.throttles ?? store.throttles,
    sharedThrottles: options.throttles ?? null,
    hasher: options.passwords?.hasher ?? hashLane(config.passwords),
    backends,
    providers,
    validators: options.passwords?.validators ?? defaultValidators(config),
    tokens: tokenManagers(options, config, {
      sessions: store.sessions,
      clock,
      random,
      keysFor: keys.keysFor,
      issuer: config.site.origin,
      lifetimes: { idleMilliseconds, absoluteMilliseconds: config.sessions.absoluteSeconds * 1000 },
    }),
    mailer: options.mailer ?? outboxMailer(),
    mailStyles: new Map(),
    renderMail: (kind, facts) =>
      writeMail(kind, { ...facts, siteName: config.site.name, nameUser }, options.mail?.templates ?? {}),
    hooks: options.hooks ?? {},
    emit: emitter({ listeners: options.events ?? {}, clock, logger }),
    clock,
    random,
    logger,
    keys,
    lastUses: createLastUseBuffer(store.sessions, { clock, idleMilliseconds }),
    slotQueue: createSlotQueue(),
    mailWaiting,
  }
}

interface Implementations {
  readonly backends: readonly AuthenticationBackend[]
  readonly providers: ReadonlyMap<string, IdentityProvider>
}

/** Doors name their paths by the providers that there are, and check what they are told of backends. */
function withNames(
  { social, login, ...config }: ResolvedConfig,
  { backends, providers }: Implementations,
): ResolvedConfig {
  const withSecrets = [...providers.values()].filter(({ takesTokenSecret }) => takesTokenSecret === true)
  const tokenSecretProviders = withSecrets.map(({ name }) => name)
  const names = backends.map(({ name }) => name)
  return {
    ...config,
    login: { ...login, backends: names, defaultBackend: login.defaultBackend ?? names[0] ?? null },
    social: { ...social, providers: [...providers.keys()], tokenSecretProviders },
  }
}

/** Configuration has refused missing ones already. */
function secretsOf({ secrets }: EngineOptions): readonly [string, ...string[]] {
  const [first, ...others] = secrets.filter((secret) => secret !== undefined)
  if (first === undefined) throw new TypeError('secrets must hold at least one secret')
  return [first, ...others]
}

function backendsOf({ login }: EngineOptions, config: ResolvedConfig): readonly AuthenticationBackend[] {
  const { identifiers, emailMustBeVerified } = config.login
  // Where nobody logs in without proof, only the one who has proven a shared address can, and is the first to be found.
  const isShared = config.user.emailUnique === 'once-proven' && !emailMustBeVerified
  const backends = login?.backends ?? [passwordBackend({ identifiers, maxCandidates: isShared ? MAX_SHARERS : 1 })]
  checkBackends(backends, config)
  return backends
}

/** Users tried for one address that none of them has proven: each attempt evaluates so many hashes. */
const MAX_SHARERS = 3

function providerTools(
  { environment }: ResolvedConfig,
  from: Pick<IdentityProviderTools, 'clock' | 'random'>,
): IdentityProviderTools {
  return { ...from, environment, fetch: providerFetch({ environment }) }
}

/** What sessions already say of how they began: a provider of such a name could not be told apart. */
const TAKEN_NAMES = ['registration', 'activation']

function providersOf(
  { social }: EngineOptions,
  backends: readonly AuthenticationBackend[],
  tools: IdentityProviderTools,
): ReadonlyMap<string, IdentityProvider> {
  const providers = new Map<string, IdentityProvider>()
  const taken = new Set([...TAKEN_NAMES, ...backends.map(({ name }) => name)])
  for (const factory of social?.providers ?? []) {
    if (typeof factory !== 'function') {
      throw new TypeError('social.providers must hold providers; call each, like github({ clientId, clientSecret })')
    }
    const provider = factory(tools)
    const { name, begin, finish, verify } = provider
    const isWhole = [begin, finish, verify].every((method) => typeof method === 'function')
    if (!isWhole || !/^[a-z][a-z0-9-]{0,31}$/.test(name)) {
      throw new TypeError('social.providers: each needs a name like "github", begin(), finish() and verify()')
    }
    if (providers.has(name) || taken.has(name)) {
      throw new TypeError(`social.providers: "${name}" is taken; give each provider a name of its own`)
    }
    providers.set(name, provider)
  }
  return providers
}

function defaultValidators({ passwords }: ResolvedConfig): readonly PasswordValidator[] {
  return [
    notSimilar({ maxSimilarity: 0.7 }),
    minimumLength(passwords.minLength),
    notCommon(),
    notEntirelyNumeric(),
    noContextWords(),
  ]
}

function tokenManagers(options: EngineOptions, config: ResolvedConfig, tools: TokenTools): readonly TokenManager[] {
  const own = (options.tokens ?? []).map((factory) => factory(tools))
  const served = new Set(own.flatMap(({ carriers }) => carriers))
  const { refreshGraceSeconds } = config.jwt
  const factories = [
    opaqueTokens(),
    userTokens(),
    // The narrower form first: the next takes every token of this MAC for its own, and the last every text in three parts.
    drfJwtTokens(config.drfJwt),
    simpleJwtTokens({ ...config.simpleJwt, refreshGraceSeconds }),
    jwtTokens(config.jwt),
  ]
  const builtIn = factories.map((factory) => factory(tools))
  const managers = [...own, ...builtIn.filter(({ carriers }) => carriers.some((carrier) => !served.has(carrier)))]
  for (const carrier of CARRIERS) {
    const serving = own.filter(({ carriers }) => carriers.includes(carrier))
    if (serving.length > 1) throw new TypeError(`tokens: two managers serve the carrier "${carrier}"; leave one out`)
  }
  return managers
}

/** Options that weaken safety say so each time the program starts. */
function warnOfDangers(config: ResolvedConfig, options: EngineOptions, logger: Logger): void {
  if (options.cookies?.dangerouslyAllowPlainHttp && !config.site.isHttps) {
    logger.warn({ option: 'cookies.dangerouslyAllowPlainHttp' }, 'cookies travel over plain HTTP')
  }
  if (config.lockout.lockTiersSeconds === null) {
    logger.warn(
      { option: 'lockout.dangerouslyPermanent' },
      'locks do not end by themselves: anybody can shut anybody out',
    )
  }
  if (config.jwt.stateless) {
    const lagSeconds = config.jwt.accessLifetimeSeconds
    logger.warn({ option: 'jwt.stateless', lagSeconds }, 'access tokens outlive log-out by up to their lifetime')
  }
}
