import { administrationMigration } from './administration-migration.ts'
import type { Ddl } from './ddl.ts'
import { groupsMigration } from './groups-migration.ts'
import { initialMigration } from './initial-migration.ts'
import type { Naming } from './naming.ts'
import { sharedAddressesMigration } from './shared-addresses-migration.ts'

/** One step of the built-in schema. Released text never changes: what comes later is a step of its own. */
export interface BuiltInMigration {
  readonly name: string
  readonly statements: (ddl: Ddl, naming: Naming) => readonly string[]
}

/** In the order in which they are applied, before the application's own. */
export const BUILT_IN_MIGRATIONS: readonly BuiltInMigration[] = [
  { name: '0001_initial', statements: initialMigration },
  { name: '0002_groups', statements: groupsMigration },
  { name: '0003_shared_addresses', statements: sharedAddressesMigration },
  { name: '0004_administration', statements: administrationMigration },
]
