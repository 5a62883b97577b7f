import type { Auth, Caller, OperatorCommands } from './auth.ts'
import { type AdminCommands, adminCommands } from './auth-admin.ts'
import { type PermissionCommands, permissionCommands } from './auth-permissions.ts'
import { activate } from './commands/activate.ts'
import { type AuthenticatePasswordInput, authenticatePassword } from './commands/authenticate-password.ts'
import { beginSocialLogin } from './commands/begin-social-login.ts'
import { cancelEmailChange } from './commands/cancel-email-change.ts'
import { changeEmail } from './commands/change-email.ts'
import { changePassword } from './commands/change-password.ts'
import { changeUsername } from './commands/change-username.ts'
import { checkCurrentPassword } from './commands/check-current-password.ts'
import { checkPassword } from './commands/check-password.ts'
import { checkRegistration } from './commands/check-registration.ts'
import { checkResetCode } from './commands/check-reset-code.ts'
import { checkUsername } from './commands/check-username.ts'
import { cleanUp } from './commands/clean-up.ts'
import { clearLocks } from './commands/clear-locks.ts'
import { confirmEmailChange } from './commands/confirm-email-change.ts'
import { confirmPasswordReset } from './commands/confirm-password-reset.ts'
import { confirmUsernameReset } from './commands/confirm-username-reset.ts'
import type { CommandContext, Engine } from './commands/context.ts'
import { createUser } from './commands/create-user.ts'
import { deleteAccount } from './commands/delete-account.ts'
import { deliverMails } from './commands/deliver-mails.ts'
import { exchangeHandoverCode } from './commands/exchange-handover-code.ts'
import { exportUser } from './commands/export-user.ts'
import { finishSocialLogin } from './commands/finish-social-login.ts'
import { listAttempts } from './commands/list-attempts.ts'
import { listIdentities } from './commands/list-identities.ts'
import { listLocks } from './commands/list-locks.ts'
import { listProviders } from './commands/list-providers.ts'
import { listSessions } from './commands/list-sessions.ts'
import { listUsers } from './commands/list-users.ts'
import { login } from './commands/login.ts'
import { logout } from './commands/logout.ts'
import { readProviderTokens } from './commands/read-provider-tokens.ts'
import { readUser } from './commands/read-user.ts'
import { register } from './commands/register.ts'
import { requestPasswordReset } from './commands/request-password-reset.ts'
import { requestUsernameReset } from './commands/request-username-reset.ts'
import { resendActivation } from './commands/resend-activation.ts'
import { revokeOtherSessions } from './commands/revoke-other-sessions.ts'
import { revokeSession } from './commands/revoke-session.ts'
import { revokeToken } from './commands/revoke-token.ts'
import { rotateToken } from './commands/rotate-token.ts'
import { setEmail } from './commands/set-email.ts'
import { setPassword } from './commands/set-password.ts'
import { setStatus } from './commands/set-status.ts'
import { socialConnect } from './commands/social-connect.ts'
import { socialDisconnect } from './commands/social-disconnect.ts'
import { socialLogin } from './commands/social-login.ts'
import { startBackground } from './commands/steps/background.ts'
import { sharesAddress } from './commands/steps/shares-address.ts'
import { unlock } from './commands/unlock.ts'
import { updateProfile } from './commands/update-profile.ts'
import { updateUser } from './commands/update-user.ts'
import { verifyToken } from './commands/verify-token.ts'
import type { EngineOptions } from './config/options.ts'
import { createEngine } from './create-engine.ts'
import { defaultMounts } from './default-mounts.ts'
import { AuthError } from './errors.ts'
import { authenticateRequest } from './http/authenticate-request.ts'
import type { Dialect } from './http/dialect.ts'
import { createHandler } from './http/handle-request.ts'
import { mailStylesOf } from './http/mail-styles.ts'
import { shownAgent } from './http/request-info.ts'
import { requireUser } from './http/require-user.ts'
import type { Mount } from './http/route-map.ts'
import { tellDangers } from './http/tell-dangers.ts'
import { chooseLanguage } from './messages/choose-language.ts'
import { withoutSecrets } from './model/account.ts'
import type { FieldDefinitions } from './model/field.ts'
import { canonicalIdentifier } from './model/identifier.ts'
import type { ActiveSession } from './model/session.ts'
import { isActive, type User } from './model/user.ts'
import { addressBucket, canonicalIpAddress } from './util/ip-address.ts'
import { parseIpRange } from './util/ip-range.ts'

/** Everything that `createAuth` takes. */
export interface AuthOptions<F extends FieldDefinitions = FieldDefinitions> extends EngineOptions<F> {
  /**
   * Dialects by the path they answer below. Several may share one; the first of them answers what none has.
   *
   * @default { '/api': portressApi(), '/auth': djoser(), '/rest-auth': restAuth({ generation: '0.9' }), '/dj-rest-auth': restAuth(), '/accounts': restRegistration(), '/djmongoauth': djmongoauth(), '/': [pages(), operations()] }, for development also '/docs', and '/outbox' where mails are kept
   */
  readonly mounts?: Readonly<Record<string, Dialect | readonly Dialect[]>>
}

/**
 * Makes an account system out of options: every command as a typed function, and all of them over HTTP through `fetch`.
 *
 * Nothing is asked of the database before the first call.
 *
 * @throws {TypeError} naming every option that is wrong and what to write instead
 *
 * @example
 * ```ts
 * const auth = createAuth({
 *   store: sqlite('app.db'),
 *   secrets: [process.env.PORTRESS_SECRET],
 *   site: { name: 'Acme', origin: 'https://acme.test' },
 *   mailer: smtpMailer('smtps://mail.acme.test'),
 * })
 * ```
 */
export function createAuth<const F extends FieldDefinitions = Record<never, never>>(options: AuthOptions<F>): Auth<F> {
  const { engine, mounts } = join(options, () => background.wakeMails())
  const background = startBackground(engine, { deliverMails, cleanUp })
  const start = onlyOnce(() => {
    tellDangers(engine, mounts)
    background.wakeMails()
  })
  const handle = createHandler({
    engine,
    mounts,
    trustedProxies: engine.config.trustedProxies.map(parseIpRange),
    language: chooseLanguage,
  })
  const auth: Auth = {
    ...commandFunctions(engine),
    fetch: (request, peer = {}) => {
      start()
      return handle(request, peer)
    },
    authenticate: async (request) => exposed(await authenticateRequest(engine, request)),
    requireUser: async (request, needs) => exposed(await requireUser(engine, request, needs)),
    config: engine.config,
    mailDescription: engine.mailer.description,
    mounts: mounts.map(({ path, dialect }) => ({
      path: path === '' ? '/' : path,
      dialect: dialect.name,
      dangers: dialect.dangers ?? [],
    })),
    migrate: () => engine.store.migrations.apply(),
    migrationStatus: () => engine.store.migrations.status(),
    draftMigration: (draftOptions) => engine.store.migrations.draft(draftOptions),
    checkThrottles: async () => engine.sharedThrottles?.check(),
    start,
    flush: () => background.flush(),
    async close() {
      await background.stop()
      await engine.hasher.close()
      await engine.mailer.close()
      await engine.sharedThrottles?.close()
      await engine.store.close()
    },
  }
  // The one place where the application's field types are claimed: the store returns what the definitions say.
  return auth as unknown as Auth<F>
}

/** The engine with what its doors bring along. Which doors there are by default is the configuration's to say. */
function join(
  options: AuthOptions,
  mailWaiting: () => void,
): { readonly engine: Engine; readonly mounts: readonly Mount[] } {
  const engine = createEngine(options, mailWaiting)
  const hasDocs = engine.config.environment === 'development'
  const hasOutboxPage = hasDocs && engine.mailer.sentMails === 'keep'
  const mounts = toMounts(options.mounts ?? defaultMounts({ hasOutboxPage, hasDocs }))
  return { engine: { ...engine, mailStyles: mailStylesOf(mounts, engine.config) }, mounts }
}

type CommandFunctions = Omit<
  Auth,
  | 'fetch'
  | 'authenticate'
  | 'requireUser'
  | 'config'
  | 'mailDescription'
  | 'mounts'
  | 'migrate'
  | 'migrationStatus'
  | 'draftMigration'
  | 'checkThrottles'
  | 'start'
  | 'flush'
  | 'close'
>

/** Every command, called directly: HTTP is one way in, not the way. */
function commandFunctions(engine: Engine): CommandFunctions {
  const calls = callsOf(engine)
  return {
    ...commandsForCallers(engine, calls),
    ...commandsForOperators(engine, calls),
    ...permissionCommands(engine, calls.call),
    ...adminCommands({ ...calls, contextFor: (caller) => contextFor(engine, caller) }),
  }
}

interface Calls {
  readonly call: <I, O>(
    command: (ctx: CommandContext, input: I) => Promise<O>,
  ) => (input: I, caller?: Caller) => Promise<O>
  /** For commands that need nothing but the caller. */
  readonly callOwn: <O>(command: (ctx: CommandContext) => Promise<O>) => (caller: Caller) => Promise<O>
}

const callsOf = (engine: Engine): Calls => ({
  call:
    (command) =>
    async (input, caller = {}) =>
      exposed(await command(await contextFor(engine, caller), input)),
  callOwn: (command) => async (caller) => exposed(await command(await contextFor(engine, caller))),
})

function commandsForCallers(
  engine: Engine,
  { call, callOwn }: Calls,
): Omit<CommandFunctions, keyof (OperatorCommands<FieldDefinitions> & PermissionCommands & AdminCommands)> {
  return {
    register: call(register),
    activate: call(activate),
    resendActivation: call(resendActivation),
    login: call(login),
    authenticatePassword: call(async (ctx, input: AuthenticatePasswordInput) => {
      // The actor is good for the request it was proven with alone; an application gets the user.
      return (await authenticatePassword(ctx, input)).user
    }),
    requestPasswordReset: call(requestPasswordReset),
    checkResetCode: call(checkResetCode),
    confirmPasswordReset: call(confirmPasswordReset),
    requestUsernameReset: call(requestUsernameReset),
    confirmUsernameReset: call(confirmUsernameReset),
    checkPassword: call(checkPassword),
    checkUsername: call(checkUsername),
    checkRegistration: call(checkRegistration),
    confirmEmailChange: call(confirmEmailChange),
    cancelEmailChange: call(cancelEmailChange),
    rotateToken: call(rotateToken),
    revokeToken: call(revokeToken),
    verifyToken: call(verifyToken),
    unlock: call(unlock),
    listProviders: async () => listProviders(await contextFor(engine, {})),
    socialLogin: call(socialLogin),
    beginSocialLogin: call(beginSocialLogin),
    finishSocialLogin: call(finishSocialLogin),
    exchangeHandoverCode: call(exchangeHandoverCode),
    socialConnect: call(socialConnect),
    socialDisconnect: call(socialDisconnect),
    listIdentities: callOwn(listIdentities),
    readProviderTokens: call(readProviderTokens),
    logout: callOwn(logout),
    checkCurrentPassword: call(checkCurrentPassword),
    changePassword: call(changePassword),
    changeUsername: call(changeUsername),
    changeEmail: call(changeEmail),
    setEmail: call(setEmail),
    updateProfile: call(updateProfile),
    deleteAccount: call(deleteAccount),
    listSessions: callOwn(listSessions),
    revokeSession: call(revokeSession),
    revokeOtherSessions: callOwn(revokeOtherSessions),
    exportUser: callOwn(exportUser),
    readUser: call(readUser),
    listUsers: call(listUsers),
  }
}

function commandsForOperators(engine: Engine, { call }: Calls): OperatorCommands<FieldDefinitions> {
  return {
    createUser: call(createUser),
    setPassword: call(setPassword),
    setStatus: call(setStatus),
    updateUser: call(updateUser),
    clearLocks: call(clearLocks),
    listAttempts: call(listAttempts),
    listLocks: call(listLocks),
    findUser: async (identifier, fields = ['username', 'email']) => exposed(await findUser(engine, identifier, fields)),
    findUserById: async (id) => exposed(await engine.store.users.findById(id)),
    cleanUp: () => cleanUp(engine),
  }
}

/** Whatever leaves through a function may end up in an answer or a log: hashes and digests stay here. */
const exposed = <T>(value: T): T => withoutSecrets(value) as T

async function findUser(
  engine: Engine,
  identifier: string,
  fields: readonly ('username' | 'email')[],
): Promise<User | null> {
  const key = canonicalIdentifier(identifier)
  const [user = null, other] = await engine.store.users.findByIdentifier(key, fields, 2)
  // Whoever claimed an address first is not who is meant by it: an operator could make a stranger their colleague.
  return user !== null && other !== undefined && sharesAddress(engine, user, key) ? null : user
}

async function contextFor(engine: Engine, caller: Caller): Promise<CommandContext> {
  const address = typeof caller.address === 'string' ? canonicalIpAddress(caller.address) : null
  return {
    ...engine,
    actor: await findActor(engine, caller.actor ?? null),
    mailStyle: null,
    request: {
      id: crypto.randomUUID(),
      address,
      addressBucket: address === null ? 'unknown' : addressBucket(address),
      userAgent: shownAgent(caller.userAgent ?? null),
      door: caller.door ?? 'library',
      language: caller.language ?? engine.config.mail.languages[0] ?? 'en',
      deviceToken: caller.deviceToken ?? null,
    },
  }
}

/** Looked up again: what the application holds may have ended since, and has no password hash to check against. */
async function findActor(engine: Engine, actor: Caller['actor']): Promise<ActiveSession | null> {
  if (!actor) return null
  const active = await engine.store.sessions.find({ id: actor.session.id })
  const now = engine.clock.now()
  const isLive = active !== null && isActive(active.user) && now < active.session.idleExpiresAt
  if (!isLive) throw new AuthError('token_invalid')
  return active
}

function toMounts(mounts: Readonly<Record<string, Dialect | readonly Dialect[]>>): readonly Mount[] {
  return Object.entries(mounts).flatMap(([path, given]) => {
    if (!/^\/(?:[\w.~-]+(?:\/[\w.~-]+)*)?$/.test(path)) {
      throw new TypeError(`mounts: ${JSON.stringify(path)} must begin with a slash and end without one, like "/api"`)
    }
    const dialects = Array.isArray(given) ? given : [given]
    return dialects.map((dialect) => {
      assertDialect(path, dialect)
      return { path: path === '/' ? '' : path, dialect }
    })
  })
}

function assertDialect(path: string, dialect: unknown): asserts dialect is Dialect {
  if (typeof dialect === 'object' && dialect !== null && 'routes' in dialect) return
  throw new TypeError(`mounts[${JSON.stringify(path)}] must be a dialect; call it, like portressApi()`)
}

function onlyOnce(work: () => void): () => void {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    work()
  }
}
