import { type Application, assertLocksKept, assertMigrated } from './application.ts'
import { prepareApplication } from './prepare-application.ts'
import { stderrLogger } from './stderr-logger.ts'
import type { CommonOptions } from './sub-command.ts'

/**
 * Opens the account system, brings the embedded default's database up to date, runs the work and closes everything.
 *
 * @throws {Stop} 1 where a configured database needs migrations; 2 where the configuration is wrong
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
    await assertLocksKept(application)
    return await work(application)
  } finally {
    await application.auth.close()
  }
}
