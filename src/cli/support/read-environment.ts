import { Stop } from './stop.ts'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

export type LogLevel = (typeof LOG_LEVELS)[number]

/** What the surroundings set; an empty variable counts as one that is not there. */
export interface Environment {
  readonly isProduction: boolean
  readonly host: string
  readonly port: number
  /** As it was written: a path or a URL. */
  readonly database: string
  /** Where locks are kept, as it was written; `null` for the database. */
  readonly throttles: string | null
  /** The first signs, all verify; empty where none was given. */
  readonly secrets: readonly string[]
  readonly origin: string | null
  readonly smtpUrl: string | null
  readonly configFile: string | null
  readonly trustedProxies: readonly string[]
  readonly logLevel: LogLevel | null
  /** What is wrong with the variables that count even where there is a configuration file. */
  readonly problems: readonly string[]
  /** Variables that begin like those of Portress and are none. A configuration file may read variables of its own. */
  readonly unknownVariables: readonly string[]
}

/** Every variable that begins with `PORTRESS_`. */
export const VARIABLES: readonly string[] = [
  'PORTRESS_CONFIG',
  'PORTRESS_DATABASE',
  'PORTRESS_THROTTLES',
  'PORTRESS_SECRET',
  'PORTRESS_ORIGIN',
  'PORTRESS_SMTP_URL',
  'PORTRESS_TRUSTED_PROXIES',
  'PORTRESS_LOG_LEVEL',
  'PORTRESS_USER_PASSWORD',
  'PORTRESS_SUPERUSER_PASSWORD',
  'PORTRESS_SUPERUSER_USERNAME',
  'PORTRESS_SUPERUSER_EMAIL',
]

/** Kubernetes and Docker tell every container where a service called `portress` is, in variables of these forms. */
const SERVICE_VARIABLE = /^PORTRESS_(?:SERVICE_(?:HOST|PORT(?:_\w+)?)|PORT(?:_\d+_\w+)?|NAME|ENV_\w+)$/

type Variables = Readonly<Record<string, string | undefined>>

/** Reads every variable that Portress knows. */
export function readEnvironment(variables: Variables): Environment {
  const read = (name: string): string | null => variables[name]?.trim() || null
  const problems: string[] = []
  const port = read('PORT') ?? '3000'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) problems.push(`PORT must be from 0 to 65535, not ${port}`)
  const logLevel = read('PORTRESS_LOG_LEVEL')
  if (!isLogLevel(logLevel)) problems.push(`PORTRESS_LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`)
  return {
    isProduction: read('NODE_ENV') === 'production',
    host: read('HOST') ?? '127.0.0.1',
    port: Number(port),
    database: read('PORTRESS_DATABASE') ?? 'portress.sqlite3',
    throttles: read('PORTRESS_THROTTLES'),
    secrets: listOf(read('PORTRESS_SECRET')),
    origin: read('PORTRESS_ORIGIN'),
    smtpUrl: read('PORTRESS_SMTP_URL'),
    configFile: read('PORTRESS_CONFIG'),
    trustedProxies: listOf(read('PORTRESS_TRUSTED_PROXIES')),
    problems,
    logLevel: isLogLevel(logLevel) ? logLevel : null,
    unknownVariables: Object.keys(variables).filter((name) => read(name) !== null && isUnknown(name)),
  }
}

/** The one form in which a wrong configuration is told: all of it at once. */
export function cannotStart(problems: readonly string[]): Stop {
  return new Stop(2, ['Portress cannot start:', ...problems.map((problem) => `  - ${problem}`)].join('\n'))
}

function isUnknown(name: string): boolean {
  const isKnown = VARIABLES.includes(name) || SERVICE_VARIABLE.test(name)
  return name.startsWith('PORTRESS_') && !isKnown
}

function isLogLevel(text: string | null): text is LogLevel | null {
  return text === null || LOG_LEVELS.some((level) => level === text)
}

function listOf(text: string | null): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
