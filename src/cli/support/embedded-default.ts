import { randomBytes } from 'node:crypto'
import { resolveConfig } from '../../config/resolve-config.ts'
import type { Logger } from '../../contracts/logger.ts'
import type { Mailer } from '../../contracts/mailer.ts'
import type { SharedThrottles } from '../../contracts/shared-throttles.ts'
import type { AuthOptions } from '../../create-auth.ts'
import { defaultMounts } from '../../default-mounts.ts'
import { smtpMailer } from '../../mailers/smtp-mailer.ts'
import { development } from '../../providers/development.ts'
import { sqlite } from '../../stores/sqlite/index.ts'
import { redisLocation } from '../../throttles/redis/redis-location.ts'
import { closestName } from '../../util/closest-name.ts'
import { parseIpRange } from '../../util/ip-range.ts'
import { databaseProblems } from './database-problems.ts'
import { type EmbeddedStore, isOnServer, type Purpose } from './embedded-store.ts'
import { messageOf } from './explain-error.ts'
import { type Environment, VARIABLES } from './read-environment.ts'
import { keepSecret, readSecretFile, type SecretFile, secretFilePath } from './secret-file.ts'

/** What runs where nobody wrote a configuration. */
export interface EmbeddedDefault {
  readonly options: AuthOptions
  /** For people; `null` for a database in memory. */
  readonly databaseName: string | null
  /** Absolute; `null` for a database in memory or on a server. */
  readonly databasePath: string | null
  /** `null` where `PORTRESS_SECRET` is set or nothing is kept. */
  readonly secretFile: SecretFile | null
}

export interface EmbeddedInput {
  readonly port: number
  readonly logger: Logger
  readonly purpose: Purpose
  readonly openStore: (purpose: Purpose) => EmbeddedStore
  readonly openThrottles: () => SharedThrottles | null
  /** How many threads hash. @default one a core */
  readonly hashThreads?: number | undefined
}

const SITE_NAME = 'Portress'

/** Everything that keeps the embedded default from starting, by the names of the variables. */
export function embeddedProblems(environment: Environment): readonly string[] {
  return [
    ...environment.problems,
    ...productionProblems(environment),
    ...databaseProblems(environment.database),
    ...throttlesProblems(environment),
    ...secretProblems(environment),
    ...environment.unknownVariables.map(explainUnknown),
    ...optionProblems(environment),
  ]
}

/** Makes the options of the embedded default. The caller has asked for the problems already. */
export function embeddedDefault(environment: Environment, input: EmbeddedInput): EmbeddedDefault {
  const { port, logger, purpose, openStore, openThrottles, hashThreads } = input
  const { factory, name, path } = openStore(purpose)
  const secretFile = environment.secrets.length > 0 || path === null ? null : findSecret(path, purpose)
  const secrets = environment.secrets.length > 0 ? environment.secrets : (secretFile?.secrets ?? [passingSecret()])
  const mailer = mailerOf(environment)
  const throttles = openThrottles()
  const options: AuthOptions = {
    store: factory,
    secrets,
    site: siteOf(environment, port),
    trustedProxies: environment.trustedProxies,
    environment: environment.isProduction ? 'production' : 'development',
    logger,
    ...(mailer === null ? {} : { mailer }),
    ...(throttles === null ? {} : { throttles }),
    ...(hashThreads === undefined ? {} : { passwords: { workers: hashThreads } }),
    // Clients of djoser register people without an address. Who has one still has to prove it.
    user: { email: 'optional' },
    login: { emailMustBeVerified: true },
    // Lets anybody in as anybody, so that social log-in can be tried offline; it cannot even be opened in production.
    social: { providers: environment.isProduction ? [] : [development({ title: 'Ada’s test provider' })] },
    mounts: defaultMounts({
      hasOutboxPage: !environment.isProduction && mailer === null,
      hasDocs: !environment.isProduction,
      hasDemo: !environment.isProduction,
      hasDevelopmentProvider: !environment.isProduction,
    }),
  }
  return { options, databaseName: name, databasePath: path, secretFile }
}

function findSecret(databasePath: string, purpose: Purpose): SecretFile | null {
  const path = secretFilePath(databasePath)
  return purpose === 'work' ? keepSecret(path) : readSecretFile(path)
}

const passingSecret = (): string => randomBytes(48).toString('base64url')

function siteOf({ origin }: Environment, port: number): AuthOptions['site'] {
  if (origin !== null) return { name: SITE_NAME, origin }
  // Both names of this machine are typed into browsers.
  return {
    name: SITE_NAME,
    origin: `http://127.0.0.1:${port}`,
    trustedOrigins: [`http://localhost:${port}`],
  }
}

function mailerOf({ smtpUrl }: Environment): Mailer | null {
  return smtpUrl === null ? null : smtpMailer(smtpUrl)
}

/** A file beside the database is out of the question where the database is elsewhere. */
function secretProblems({ isProduction, database, secrets }: Environment): readonly string[] {
  if (isProduction || secrets.length > 0 || !isOnServer(database)) return []
  return [`PORTRESS_SECRET must be set where the database is on a server, the same for every process; ${GOOD_SECRET}`]
}

const GOOD_SECRET = '`openssl rand -base64 48` prints a good one'

function throttlesProblems({ throttles }: Environment): readonly string[] {
  if (throttles === null) return []
  return problemOf(() => redisLocation(throttles)).map((problem) => `PORTRESS_THROTTLES cannot be used: ${problem}`)
}

function productionProblems({ isProduction, secrets, origin, smtpUrl }: Environment): readonly string[] {
  if (!isProduction) return []
  const problems: string[] = []
  if (secrets.length === 0) {
    problems.push(`PORTRESS_SECRET must be set in production; ${GOOD_SECRET}`)
  }
  if (!origin?.startsWith('https://')) {
    problems.push('PORTRESS_ORIGIN must be set to the address that people open, beginning with https://')
  }
  if (smtpUrl === null) problems.push('PORTRESS_SMTP_URL must be set in production, such as smtps://user:password@host')
  return problems
}

function explainUnknown(name: string): string {
  const meant = closestName(name, VARIABLES)
  const advice = meant === null ? `there are ${VARIABLES.join(', ')}` : `did you mean ${meant}?`
  return `${name} is no variable of Portress; ${advice}`
}

/** What the options themselves refuse, whatever is missing beside it. */
function optionProblems(environment: Environment): readonly string[] {
  const { secrets, smtpUrl, origin, trustedProxies } = environment
  const mail = smtpUrl === null ? [] : problemOf(() => smtpMailer(smtpUrl)).map((text) => `PORTRESS_SMTP_URL: ${text}`)
  const rest = problemOf(() =>
    resolveConfig({
      store: sqlite(':memory:'),
      secrets: secrets.length > 0 ? secrets : [passingSecret()],
      site: { name: SITE_NAME, origin: origin ?? 'https://localhost' },
      environment: 'development',
    }),
  )
  const proxies = trustedProxies.flatMap((range) => problemOf(() => parseIpRange(range)))
  return [...mail, ...rest.flatMap(problemLines), ...proxies.map((problem) => `PORTRESS_TRUSTED_PROXIES: ${problem}`)]
}

const VARIABLE_OF: readonly (readonly [RegExp, string])[] = [
  [/^secrets\[\d+\]/, 'PORTRESS_SECRET'],
  [/^site\.origin/, 'PORTRESS_ORIGIN'],
]

/** One line a problem, with the variable in place of the option that it fills. */
function problemLines(message: string): readonly string[] {
  const lines = message.split('\n').slice(1)
  return lines.map((line) =>
    VARIABLE_OF.reduce((text, [option, variable]) => text.replace(option, variable), line.replace(/^ *- /, '')),
  )
}

function problemOf(attempt: () => unknown): readonly string[] {
  try {
    attempt()
    return []
  } catch (error) {
    return [messageOf(error)]
  }
}
