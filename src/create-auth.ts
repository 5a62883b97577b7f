import type { Auth, Caller } from './auth.ts'
import { activate } from './commands/activate.ts'
import { cancelEmailChange } from './commands/cancel-email-change.ts'
import { changeEmail } from './commands/change-email.ts'
import { changePassword } from './commands/change-password.ts'
import { changeUsername } from './commands/change-username.ts'
import { cleanUp } from './commands/clean-up.ts'
import { clearLocks } from './commands/clear-locks.ts'
import { confirmEmailChange } from './commands/confirm-email-change.ts'
import { confirmPasswordReset } from './commands/confirm-password-reset.ts'
import type { CommandContext, Engine } from './commands/context.ts'
import { createUser } from './commands/create-user.ts'
import { deleteAccount } from './commands/delete-account.ts'
import { deliverMails } from './commands/deliver-mails.ts'
import { exportUser } from './commands/export-user.ts'
import { listAttempts } from './commands/list-attempts.ts'
import { listSessions } from './commands/list-sessions.ts'
import { login } from './commands/login.ts'
import { logout } from './commands/logout.ts'
import { register } from './commands/register.ts'
import { requestPasswordReset } from './commands/request-password-reset.ts'
import { resendActivation } from './commands/resend-activation.ts'
import { revokeOtherSessions } from './commands/revoke-other-sessions.ts'
import { revokeSession } from './commands/revoke-session.ts'
import { rotateToken } from './commands/rotate-token.ts'
import { setPassword } from './commands/set-password.ts'
import { setStatus } from './commands/set-status.ts'
import { startBackground } from './commands/steps/background.ts'
import { unlock } from './commands/unlock.ts'
import { updateProfile } from './commands/update-profile.ts'
import type { EngineOptions } from './config/options.ts'
import { createEngine } from './create-engine.ts'
import { portressApi } from './dialects/portress-api/index.ts'
import { authenticateRequest } from './http/authenticate-request.ts'
import type { Dialect } from './http/dialect.ts'
import { createHandler } from './http/handle-request.ts'
import type { Mount } from './http/route-map.ts'
import { chooseLanguage } from './messages/choose-language.ts'
import type { FieldDefinitions } from './model/field.ts'
import { canonicalIdentifier } from './model/identifier.ts'
import type { ActiveSession } from './model/session.ts'
import type { User } from './model/user.ts'
import { addressBucket, canonicalIpAddress } from './util/ip-address.ts'
import { parseIpRange } from './util/ip-range.ts'

/** Everything that `createAuth` takes. */
export interface AuthOptions<F extends FieldDefinitions = FieldDefinitions> extends EngineOptions<F> {
  /**
   * Dialects by the path they answer below. Several may share one; the first of them answers what none has.
   *
   * @default { '/api': portressApi() }
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
  const engine = createEngine(options, () => background.wakeMails())
  const background = startBackground(engine, { deliverMails, cleanUp })
  const start = onlyOnce(() => background.wakeMails())
  const mounts = toMounts(options.mounts ?? { '/api': portressApi() })
  const handle = createHandler({
    engine,
    mounts,
    trustedProxies: engine.config.trustedProxies.map(parseIpRange),
    language: (acceptLanguage) => chooseLanguage(acceptLanguage, engine.config.mail.languages),
  })
  const auth: Auth = {
    ...commandFunctions(engine),
    fetch: (request, peer = {}) => {
      start()
      return handle(request, peer)
    },
    authenticate: (request) => authenticateRequest(engine, request),
    config: engine.config,
    mailDescription: engine.mailer.description,
    mounts: mounts.map(({ path, dialect }) => ({ path: path === '' ? '/' : path, dialect: dialect.name })),
    migrate: () => engine.store.migrations.apply(),
    migrationStatus: () => engine.store.migrations.status(),
    draftMigration: (draftOptions) => engine.store.migrations.draft(draftOptions),
    start,
    flush: () => background.flush(),
    async close() {
      await background.stop()
      await engine.hasher.close()
      await engine.mailer.close()
      await engine.store.close()
    },
  }
  // The one place where the application's field types are claimed: the store returns what the definitions say.
  return auth as unknown as Auth<F>
}

type CommandFunctions = Omit<
  Auth,
  | 'fetch'
  | 'authenticate'
  | 'config'
  | 'mailDescription'
  | 'mounts'
  | 'migrate'
  | 'migrationStatus'
  | 'draftMigration'
  | 'start'
  | 'flush'
  | 'close'
>

/** Every command, called directly: HTTP is one way in, not the way. */
function commandFunctions(engine: Engine): CommandFunctions {
  const as = (caller: Caller = {}): CommandContext => contextFor(engine, caller)
  return {
    register: (input, caller) => register(as(caller), input),
    activate: (input, caller) => activate(as(caller), input),
    resendActivation: (input, caller) => resendActivation(as(caller), input),
    login: (input, caller) => login(as(caller), input),
    requestPasswordReset: (input, caller) => requestPasswordReset(as(caller), input),
    confirmPasswordReset: (input, caller) => confirmPasswordReset(as(caller), input),
    confirmEmailChange: (input, caller) => confirmEmailChange(as(caller), input),
    cancelEmailChange: (input, caller) => cancelEmailChange(as(caller), input),
    rotateToken: (input, caller) => rotateToken(as(caller), input),
    unlock: (input, caller) => unlock(as(caller), input),
    logout: (caller) => logout(as(caller)),
    changePassword: (input, caller) => changePassword(as(caller), input),
    changeUsername: (input, caller) => changeUsername(as(caller), input),
    changeEmail: (input, caller) => changeEmail(as(caller), input),
    updateProfile: (input, caller) => updateProfile(as(caller), input),
    deleteAccount: (input, caller) => deleteAccount(as(caller), input),
    listSessions: (caller) => listSessions(as(caller)),
    revokeSession: (input, caller) => revokeSession(as(caller), input),
    revokeOtherSessions: (caller) => revokeOtherSessions(as(caller)),
    exportUser: (caller) => exportUser(as(caller)),
    createUser: (input, caller) => createUser(as(caller), input),
    setPassword: (input, caller) => setPassword(as(caller), input),
    setStatus: (input, caller) => setStatus(as(caller), input),
    clearLocks: (input, caller) => clearLocks(as(caller), input),
    listAttempts: (input, caller) => listAttempts(as(caller), input),
    findUser: (identifier) => findUser(engine, identifier),
    findUserById: (id) => engine.store.users.findById(id),
    cleanUp: () => cleanUp(engine),
  }
}

async function findUser(engine: Engine, identifier: string): Promise<User | null> {
  const fields = ['username', 'email'] as const
  const [user = null] = await engine.store.users.findByIdentifier(canonicalIdentifier(identifier), fields, 1)
  return user
}

function contextFor(engine: Engine, caller: Caller): CommandContext {
  const address = typeof caller.address === 'string' ? canonicalIpAddress(caller.address) : null
  return {
    ...engine,
    // A caller hands back what `authenticate` gave; its user is the one the store had then.
    actor: (caller.actor ?? null) as ActiveSession | null,
    request: {
      id: crypto.randomUUID(),
      address,
      addressBucket: address === null ? 'unknown' : addressBucket(address),
      userAgent: caller.userAgent ?? null,
      door: caller.door ?? 'library',
      language: caller.language ?? engine.config.mail.languages[0] ?? 'en',
      deviceToken: caller.deviceToken ?? null,
    },
  }
}

function toMounts(mounts: Readonly<Record<string, Dialect | readonly Dialect[]>>): readonly Mount[] {
  return Object.entries(mounts).flatMap(([path, given]) => {
    if (!/^\/(?:[\w.~-]+(?:\/[\w.~-]+)*)?$/.test(path)) {
      throw new TypeError(`mounts: ${JSON.stringify(path)} must begin with a slash and end without one, like "/api"`)
    }
    const dialects = 'routes' in given ? [given] : given
    return dialects.map((dialect) => ({ path: path === '/' ? '' : path, dialect }))
  })
}

function onlyOnce(work: () => void): () => void {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    work()
  }
}
