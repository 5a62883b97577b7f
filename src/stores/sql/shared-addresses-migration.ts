import type { Ddl } from './ddl.ts'
import type { Naming } from './naming.ts'
import { sql } from './sql.ts'

/** Where an address is kept that its user has not proven, for applications in which several may have one. */
export function sharedAddressesMigration(ddl: Ddl, { users: { table, columns: c } }: Naming): readonly string[] {
  return [
    sql`ALTER TABLE ${table} ADD COLUMN ${c.sharedEmailKey} ${ddl.types.key}`,
    ddl.createIndex(table, [c.sharedEmailKey, c.id]),
  ].map(ddl.render)
}
