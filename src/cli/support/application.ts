import type { Auth } from '../../auth.ts'
import type { AuthOptions } from '../../create-auth.ts'
import { AuthError } from '../../errors.ts'
import { messageOf } from './explain-error.ts'
import type { Environment } from './read-environment.ts'
import type { SecretFile } from './secret-file.ts'
import { Stop } from './stop.ts'

/** The account system that a sub-command works on, and what is known about where it came from. */
export interface Application {
  readonly auth: Auth
  readonly environment: Environment
  /** `null` for the embedded default. */
  readonly configFile: string | null
  /** `null` where the configuration file made the account system itself. */
  readonly options: AuthOptions | null
  /** Of the embedded default, where it has one: for people, and the path where it is a file. */
  readonly databaseName: string | null
  readonly databasePath: string | null
  /** Whether that file was not there before. */
  readonly isNewDatabase: boolean
  readonly secretFile: SecretFile | null
}

/** Applies migrations where nobody else would, and refuses where somebody has to read them first. @throws {Stop} 1 */
export async function assertMigrated({ auth, configFile }: Application): Promise<void> {
  if (configFile === null) await auth.migrate()
  const { pending, problems } = await auth.migrationStatus()
  const lines = [
    ...pending.map(({ name }) => `the migration ${name} has not been applied; run: portress migrate`),
    ...problems,
    ...(problems.length > 0 ? ['new fields need: portress makemigrations, then portress migrate'] : []),
  ]
  if (lines.length === 0) return
  throw new Stop(1, ['The database is not ready:', ...lines.map((line) => `  - ${line}`)].join('\n'))
}

/** Refuses where locks are kept elsewhere and cannot be kept there. @throws {Stop} 1 */
export async function assertLocksKept({ auth }: Application): Promise<void> {
  const problem = await lockProblem(auth)
  if (problem !== null) throw new Stop(1, `Locks cannot be kept: ${problem}`)
}

/** Why locks cannot be kept; `null` where they can. */
export async function lockProblem(auth: Auth): Promise<string | null> {
  try {
    await auth.checkThrottles()
    return null
  } catch (error) {
    if (error instanceof AuthError && error.code === 'unavailable') return messageOf(error.cause ?? error)
    throw error
  }
}
