import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import type { Auth } from '../../auth.ts'
import type { Logger } from '../../contracts/logger.ts'
import { type AuthOptions, createAuth } from '../../create-auth.ts'
import { defaultMounts } from '../../default-mounts.ts'
import type { Application } from './application.ts'
import { type EmbeddedInput, embeddedDefault, embeddedProblems } from './embedded-default.ts'
import { embeddedStore, type Purpose } from './embedded-store.ts'
import { embeddedThrottles } from './embedded-throttles.ts'
import { messageOf } from './explain-error.ts'
import { findConfigFile, type LoadedConfig, loadConfig } from './load-config.ts'
import { cannotStart, type Environment, readEnvironment } from './read-environment.ts'
import { Stop } from './stop.ts'
import type { CommonOptions } from './sub-command.ts'

export interface OpenOptions {
  readonly logger: Logger
  /** The real one, where the operating system chose it. */
  readonly port: number
  /** `'inspect'`: the embedded default is only looked at; nothing is made. @default 'work' */
  readonly purpose?: Purpose
  /** How many threads hash, where the configuration does not say. @default one a core */
  readonly hashThreads?: number
  /** Where the application's own migrations are, in place of what the options say. */
  readonly migrationsFolder?: string
}

/** What was found before anything is opened: a configuration, or the surroundings in its place. */
export interface Preparation {
  readonly environment: Environment
  /** `null` for the embedded default. */
  readonly configFile: string | null
  /** @throws {Stop} 2 naming everything that is wrong with the surroundings */
  assertStartable(): void
  /** @throws {Stop} 2 as `assertStartable`, and for options that are wrong */
  open(options: OpenOptions): Application
}

/**
 * Finds the configuration and opens nothing yet.
 *
 * @throws {Stop} 2 for a configuration file that cannot be loaded
 */
export async function prepareApplication(common: CommonOptions): Promise<Preparation> {
  const environment = readEnvironment(process.env)
  const configFile = findConfigFile(common.config ?? environment.configFile)
  const loaded = configFile === null ? null : await loadConfig(configFile)
  const openers = {
    openStore: await embeddedStore(environment.database),
    openThrottles: await embeddedThrottles(environment.throttles),
  }
  const problems = loaded === null ? embeddedProblems(environment) : environment.problems
  const assertStartable = (): void => {
    if (problems.length > 0) throw cannotStart(problems)
  }
  return {
    environment,
    configFile,
    assertStartable,
    open(options) {
      assertStartable()
      return loaded === null ? openEmbedded(environment, openers, options) : openLoaded(environment, loaded, options)
    },
  }
}

function openEmbedded(
  environment: Environment,
  openers: Pick<EmbeddedInput, 'openStore' | 'openThrottles'>,
  { port, logger, purpose = 'work', hashThreads }: OpenOptions,
): Application {
  const embedded = embeddedDefault(environment, { ...openers, port, logger, purpose, hashThreads })
  const isNewDatabase = embedded.databasePath !== null && !existsSync(embedded.databasePath)
  return { ...embedded, isNewDatabase, auth: createOrStop(embedded.options, null), environment, configFile: null }
}

function openLoaded(environment: Environment, loaded: LoadedConfig, given: OpenOptions): Application {
  const { file } = loaded
  const embedded = { databaseName: null, databasePath: null, isNewDatabase: false, secretFile: null }
  const known = { ...embedded, environment, configFile: file }
  if (loaded.kind === 'auth') return { ...known, auth: loaded.auth, options: null }
  const options = completeOptions(loaded.options, file, given)
  return { ...known, auth: createOrStop(options, file), options }
}

/** Fills in what the embedded default has and the file left out; what the file says wins. */
function completeOptions(options: AuthOptions, file: string, given: OpenOptions): AuthOptions {
  const isKept = options.environment === 'development' && options.mailer === undefined
  return {
    logger: given.logger,
    mounts: defaultMounts({ hasOutboxPage: isKept, hasDocs: options.environment === 'development' }),
    ...options,
    ...(given.hashThreads === undefined ? {} : { passwords: { workers: given.hashThreads, ...options.passwords } }),
    migrationsFolder: given.migrationsFolder ?? options.migrationsFolder ?? join(dirname(file), 'migrations'),
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
