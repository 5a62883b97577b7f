import { hasMongodb } from '../mongodb-server.ts'
import { hasMysql } from '../mysql-server.ts'
import { hasPostgres } from '../postgres-server.ts'

/** What the tests of commands and dialects run on besides SQLite: the name of a project of Vitest, and of the store. */
interface StoreProject {
  readonly name: string
  readonly hasServer: () => boolean
}

const STORE_PROJECTS: readonly StoreProject[] = [
  { name: 'postgres', hasServer: hasPostgres },
  { name: 'mysql', hasServer: hasMysql },
  { name: 'mongodb', hasServer: hasMongodb },
]

/** All there are. */
export const storeNames = (): readonly string[] => STORE_PROJECTS.map(({ name }) => name)

/** Those among the names whose server is installed. With `CI` all of them are, and tests fail where one is not. */
export function installedStores(names: readonly string[]): readonly string[] {
  return STORE_PROJECTS.filter(({ name, hasServer }) => names.includes(name) && hasServer()).map(({ name }) => name)
}

/** Those that this run is on: all with `CI`, and else those that `TEST_STORES` names. */
export function chosenStores(): readonly string[] {
  if (process.env['CI']) return storeNames()
  return installedStores(process.env['TEST_STORES']?.split(',') ?? [])
}
