import { Pool } from 'pg'
import { postgres } from '../../../src/stores/postgres/index.ts'
import type { StoreServer } from './store-server.ts'

/** Schemas of one database, which are much sooner made than databases. */
export function postgresStoreServer(url: string): StoreServer {
  // One pool for all stores of the process: connecting takes longer than most tests.
  const pool = new Pool({ connectionString: url, allowExitOnIdle: true })
  return {
    storeIn: (place) => postgres(pool, { schema: place }),
    async createPlace(place) {
      await pool.query(`DROP SCHEMA IF EXISTS "${place}" CASCADE; CREATE SCHEMA "${place}"`)
    },
    async listTables(place) {
      const { rows } = await pool.query<{ readonly tablename: string }>(
        "SELECT tablename FROM pg_tables WHERE schemaname = $1 AND tablename NOT LIKE '%schema_migrations'",
        [place],
      )
      return rows.map(({ tablename }) => tablename)
    },
    async empty(place, tables) {
      // Several statements of one query are one transaction. `DELETE` from a few rows is sooner done than `TRUNCATE`, and
      // without foreign keys in any order.
      const emptied = tables.map((table) => `DELETE FROM "${place}"."${table}"`)
      const restarted = `SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
        FROM pg_sequences WHERE schemaname = '${place}' AND last_value IS NOT NULL`
      await pool.query(['SET LOCAL session_replication_role = replica', ...emptied, restarted].join(';\n'))
    },
  }
}
