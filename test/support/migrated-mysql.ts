import { mysql } from '../../src/stores/mysql/index.ts'
import { PLAIN_SCHEMA } from '../../src/testing/store-conformance/store-samples.ts'
import type { MysqlServer } from './mysql-server.ts'

const templates = new WeakMap<MysqlServer, string>()

/** The URL of a new database with the built-in tables: copied, which is much sooner done than migrated. */
export async function migratedMysql(server: MysqlServer): Promise<string> {
  const template = templates.get(server) ?? (await migrate(server))
  templates.set(server, template)
  const name = await server.newDatabase()
  await copyTables(server, template, name)
  const log = 'portress_schema_migrations'
  await server.asRoot(`INSERT INTO ${name}.${log} SELECT * FROM ${template}.${log}`)
  return server.url(name)
}

async function migrate(server: MysqlServer): Promise<string> {
  const name = await server.newDatabase()
  const store = mysql(server.url(name)).open(PLAIN_SCHEMA)
  await store.migrations.apply()
  await store.close()
  return name
}

/** Makes the tables of one database in another, without rows. */
export async function copyTables(server: MysqlServer, from: string, to: string): Promise<void> {
  const tables = await server.asRoot(`SHOW TABLES FROM ${from}`)
  const definitions: string[] = []
  for (const name of tables.map((row) => String(Object.values(row)[0]))) {
    const [shown] = await server.asRoot(`SHOW CREATE TABLE ${from}.\`${name}\``)
    definitions.push(String(shown?.['Create Table']))
  }
  await server.asRoot([`USE ${to}`, 'SET foreign_key_checks = 0', ...definitions].join(';\n'))
}
