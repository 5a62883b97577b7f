import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type AuthOptions, createAuth } from '../../src/create-auth.ts'
import type { Workplace } from './portress.ts'

const SOURCE = pathToFileURL(resolve(import.meta.dirname, '../../src')).href

/** Where the accounts of such a configuration are kept, below the folder. */
export const CONFIGURED_DATABASE = 'app.sqlite3'

/**
 * Writes a configuration file with this `user` section, as a developer would, and does what `makemigrations` and
 * `migrate` would do with it, which have tests of their own.
 */
export async function configureUsers(place: Workplace, user: string, more = ''): Promise<void> {
  const text = `
    import { field } from '${SOURCE}/index.ts'
    import { sqlite } from '${SOURCE}/stores/sqlite/index.ts'

    export default {
      store: sqlite('${place.path(CONFIGURED_DATABASE)}'),
      secrets: ['q7Zp0vK3xT9mB2nL5sR8wE1yU4iO6aDf'],
      site: { name: 'Acme', origin: 'http://127.0.0.1:4000' },
      environment: 'development',
      user: ${user},
      ${more}
    }
  `
  const file = place.path('portress.config.ts')
  writeFileSync(file, text)
  const { default: options }: { readonly default: AuthOptions } = await import(pathToFileURL(file).href)
  const migrationsFolder = place.path('migrations')
  const auth = createAuth({ ...options, migrationsFolder, logger: false })
  const draft = await auth.draftMigration({ dropUndeclared: false })
  if (draft !== null) {
    mkdirSync(migrationsFolder)
    writeFileSync(join(migrationsFolder, draft.fileName), draft.text)
  }
  await auth.migrate()
  await auth.close()
}
