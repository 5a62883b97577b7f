import process from 'node:process'
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
    tellNewDatabase(application)
    await assertMigrated(application)
    await assertLocksKept(application)
    return await work(application)
  } finally {
    await application.auth.close()
  }
}

/** Who has written a program with a database of its own, and no configuration that is found here, meant that one. */
function tellNewDatabase({ isNewDatabase, databasePath }: Application): void {
  if (!isNewDatabase) return
  process.stderr.write(
    `There is no portress.config.ts here and no --config, so this is the database of \`portress serve\`: made ${databasePath}\n`,
  )
}
