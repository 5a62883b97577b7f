import { createPool, type RowDataPacket } from 'mysql2/promise'
import { mysql } from '../../../src/stores/mysql/index.ts'
import type { StoreServer } from './store-server.ts'

/** Databases of one server. */
export function mysqlStoreServer(url: string): StoreServer {
  // One pool for all stores of the process: connecting takes longer than most tests.
  const pool = createPool({ uri: url, charset: 'utf8mb4_bin', multipleStatements: true })
  pool.pool.on('connection', (connection) => connection.query("SET SESSION sql_mode = 'STRICT_ALL_TABLES'"))
  return {
    // The user of the tests has every right in databases that begin with this.
    storeIn: (place) => mysql(pool, { database: `test_${place}` }),
    async createPlace(place) {
      await pool.query(`DROP DATABASE IF EXISTS test_${place}; CREATE DATABASE test_${place}`)
    },
    async listTables(place) {
      const [rows] = await pool.query<(RowDataPacket & { readonly name: string })[]>(
        `SELECT table_name AS name FROM information_schema.tables
          WHERE table_schema = 'test_${place}' AND table_name NOT LIKE '%schema\\_migrations'`,
      )
      return rows.map(({ name }) => `test_${place}.${name}`)
    },
    async empty(place, tables) {
      const [counted] = await pool.query<(RowDataPacket & { readonly name: string })[]>(
        `SELECT table_name AS name FROM information_schema.tables
          WHERE table_schema = 'test_${place}' AND auto_increment > 1`,
      )
      const emptied = tables.map((table) => `DELETE FROM ${table}`)
      const restarted = counted.map(({ name }) => `ALTER TABLE test_${place}.${name} AUTO_INCREMENT = 1`)
      const unordered = ['SET foreign_key_checks = 0', ...emptied, ...restarted, 'SET foreign_key_checks = 1']
      await pool.query(unordered.join(';\n'))
    },
  }
}
