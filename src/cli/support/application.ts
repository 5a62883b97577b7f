import { dirname, join } from 'node:path'
import process from 'node:process'
import type { Auth } from '../../auth.ts'
import type { Logger } from '../../contracts/logger.ts'
import { type AuthOptions, createAuth } from '../../create-auth.ts'
import { defaultMounts } from './default-mounts.ts'
import { embeddedDefault, embeddedProblems } from './embedded-default.ts'
import { messageOf } from './explain-error.ts'
import { findConfigFile, loadConfig } from './load-config.ts'
import { cannotStart, type Environment, readEnvironment } from './read-environment.ts'
import type { SecretFile } from './secret-file.ts'
import { stderrLogger } from './stderr-logger.ts'
import { Stop } from './stop.ts'
import type { CommonOptions } from './sub-command.ts'

/** The account system that a sub-command works on, and what is known about where it came from. */
export interface Application {
  readonly auth: Auth
  readonly environment: Environment
  /** `null` for the embedded default. */
  readonly configFile: string | null
  /** `null` where the configuration file made the account system itself. */
  readonly options: AuthOptions | null
  /** Of the embedded default, where it has one. */
  readonly databasePath: string | null
  readonly secretFile: SecretFile | null
}

export interface OpenOptions {
  readonly logger: Logger
  /** The real one, where the operating system chose it. */
  readonly port: number
  /** `'inspect'`: the embedded default is only looked at; nothing is made. @default 'work' */
  readonly purpose?: 'work' | 'inspect'
  /** Where the application's own migrations are, in place of what the options say. */
  readonly migrationsFolder?: string
}

/** What was found before anything is opened: a configuration, or the surroundings in its place. */
export interface Preparation {
  readonly environment: Environment
  open(options: OpenOptions): Application
}

/**
 * Finds the configuration and everything that is wrong with it, and opens nothing yet.
 *
 * @throws {Stop} 2
 */
export async function prepareApplication(common: CommonOptions): Promise<Preparation> {
  const environment = readEnvironment(process.env)
  const configFile = findConfigFile(common.config ?? environment.configFile)
  if (configFile === null) return prepareEmbedded(environment)
  const loaded = await loadConfig(configFile)
  const nothingKept = { environment, configFile, databasePath: null, secretFile: null }
  if (loaded.kind === 'auth') return { environment, open: () => ({ ...nothingKept, auth: loaded.auth, options: null }) }
  return {
    environment,
    open({ logger, migrationsFolder }) {
      const options = completeOptions(loaded.options, { configFile, logger, migrationsFolder })
      return { ...nothingKept, auth: createOrStop(options, configFile), options }
    },
  }
}

function prepareEmbedded(environment: Environment): Preparation {
  return {
    environment,
    open({ logger, port, purpose = 'work' }) {
      const problems = embeddedProblems(environment)
      if (problems.length > 0) throw cannotStart(problems)
      const { options, databasePath, secretFile } = embeddedDefault(environment, { port, logger, purpose })
      return { auth: createOrStop(options, null), environment, configFile: null, options, databasePath, secretFile }
    },
  }
}

/**
 * Opens the account system, brings the embedded default's database up to date, runs the work and closes everything.
 *
 * @throws {Stop} 1 where a configured database needs migrations
 */
export async function withApplication<T>(
  common: CommonOptions,
  work: (application: Application) => Promise<T>,
): Promise<T> {
  const preparation = await prepareApplication(common)
  const { port, logLevel } = preparation.environment
  const application = preparation.open({ logger: stderrLogger(logLevel ?? 'silent'), port })
  try {
    await assertMigrated(application)
    return await work(application)
  } finally {
    await application.auth.close()
  }
}

/** Applies migrations where nobody else would, and refuses where somebody has to read them first. @throws {Stop} 1 */
export async function assertMigrated({ auth, configFile }: Application): Promise<void> {
  if (configFile === null) await auth.migrate()
  const { pending, problems } = await auth.migrationStatus()
  const lines = [
    ...pending.map(({ name }) => `the migration ${name} has not been applied; run: portress migrate`),
    ...problems,
  ]
  if (lines.length > 0)
    throw new Stop(1, ['The database is not ready:', ...lines.map((line) => `  - ${line}`)].join('\n'))
}

function completeOptions(
  options: AuthOptions,
  given: { readonly configFile: string; readonly logger: Logger; readonly migrationsFolder: string | undefined },
): AuthOptions {
  const isDevelopment = options.environment === 'development'
  return {
    logger: given.logger,
    mounts: defaultMounts({ hasOutboxPage: isDevelopment && options.mailer === undefined }),
    ...options,
    migrationsFolder:
      given.migrationsFolder ?? options.migrationsFolder ?? join(dirname(given.configFile), 'migrations'),
  }
}

function createOrStop(options: AuthOptions, configFile: string | null): Auth {
  try {
    return createAuth(options)
  } catch (error) {
    // Options that are wrong are told with `TypeError`; anything else is not about them.
    if (!(error instanceof TypeError)) throw error
    const where = configFile === null ? '' : `${configFile}:\n`
    throw new Stop(2, where + messageOf(error), { cause: error })
  }
}
