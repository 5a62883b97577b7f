import { BUILT_IN_MIGRATIONS } from '../../src/stores/sql/built-in-migrations.ts'
import { storeRaces } from './store-races.ts'

/** What two processes race for on one database of an SQL engine. `newLocation` names an empty one for each test. */
export function sqlRaces(newLocation: () => string | Promise<string>): void {
  storeRaces({
    newLocation,
    migrations: {
      builtIn: BUILT_IN_MIGRATIONS.map(({ name }) => name),
      file: (number) => [`${String(number).padStart(4, '0')}_table.sql`, `CREATE TABLE table_${number} (id INTEGER);`],
    },
  })
}
