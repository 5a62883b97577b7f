import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import { mysql } from '../../src/stores/mysql/index.ts'
import { splitScript } from '../../src/stores/mysql/split-script.ts'
import { digestOf, writeProgress } from '../../src/stores/sql/migration-progress.ts'
import { PLAIN_SCHEMA } from '../../src/testing/store-conformance/store-samples.ts'
import { runSql } from '../support/mysql-server.ts'
import { useMysql } from '../support/use-mysql.ts'
import { sqlMigrationTests } from './sql-migration-tests.ts'

const server = useMysql('migrations on MariaDB')

describe('migrations of a MariaDB database', () => {
  sqlMigrationTests({
    newLocation: () => server().createDatabase(),
    runSql,
    words: {
      quote: (name) => `\`${name}\``,
      dropIndex: (table, name) => `DROP INDEX \`${name}\` ON \`${table}\``,
      undoesMigrations: false,
      sequenceKey: 'BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY',
      number: 'DOUBLE',
      syntaxError: 'You have an error in your SQL syntax',
      indexesWithoutRule: `DROP INDEX portress_users_username_key_unique ON portress_users;
      DROP INDEX portress_users_email_key_unique ON portress_users;
      CREATE UNIQUE INDEX one ON portress_users (username_key(10));
      CREATE UNIQUE INDEX two ON portress_users (username_key, email_key);
      ALTER TABLE portress_users MODIFY email_key VARCHAR(250) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
      CREATE UNIQUE INDEX three ON portress_users (email_key);`,
      fieldsOfEveryKind: `ALTER TABLE \`portress_users\` ADD COLUMN \`description\` LONGTEXT DEFAULT ('it''s none');
ALTER TABLE \`portress_users\` ADD COLUMN \`invite_code\` LONGTEXT;
ALTER TABLE \`portress_users\` ADD COLUMN \`invite_code_key\` VARBINARY(1020);
CREATE UNIQUE INDEX \`portress_users_invite_code_key_unique\` ON \`portress_users\` (\`invite_code_key\`);
ALTER TABLE \`portress_users\` ADD COLUMN \`score\` DOUBLE DEFAULT (0.5);
ALTER TABLE \`portress_users\` ADD COLUMN \`visits\` BIGINT;
CREATE UNIQUE INDEX \`portress_users_visits_unique\` ON \`portress_users\` (\`visits\`);
ALTER TABLE \`portress_users\` ADD COLUMN \`likes_mail\` BOOLEAN DEFAULT (1);
ALTER TABLE \`portress_users\` ADD COLUMN \`born_at\` DATETIME(3) DEFAULT ('1970-01-01 00:00:01.000');
ALTER TABLE \`portress_users\` ADD COLUMN \`plan\` LONGTEXT;
ALTER TABLE \`portress_users\` ADD COLUMN \`settings\` LONGTEXT DEFAULT ('{"a":["''"]}');
`,
      profile: `CREATE TABLE \`portress_profile_book_author\` (
  \`user_id\` BIGINT PRIMARY KEY NOT NULL,
  CONSTRAINT \`portress_profile_book_author_user_id_reference\` FOREIGN KEY (\`user_id\`) REFERENCES \`portress_users\` (\`id\`) ON DELETE CASCADE,
  \`pen_name\` LONGTEXT,
  \`pen_name_key\` VARBINARY(1020),
  \`books\` DOUBLE DEFAULT (0)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC;
CREATE UNIQUE INDEX \`portress_profile_book_author_pen_name_key_unique\` ON \`portress_profile_book_author\` (\`pen_name_key\`);
`,
    },
  })
})

describe('a migration that was interrupted', () => {
  const FILE = '0001_three.sql'
  const TEXT = `CREATE TABLE one (id INTEGER);
INSERT INTO one VALUES (1);
ALTER TABLE one ADD COLUMN name LONGTEXT;
INSERT INTO one VALUES (2, 'two');`

  let url: string
  let folder: string
  beforeEach(async () => {
    url = await server().createDatabase()
    folder = mkdtempSync(join(tmpdir(), 'portress-migrations-'))
    const store = open()
    await store.migrations.apply()
    writeFileSync(join(folder, FILE), TEXT)
    return () => rmSync(folder, { recursive: true })
  })

  function open(): Store {
    const store = mysql(url).open({ ...PLAIN_SCHEMA, migrationsFolder: folder })
    onTestFinished(() => store.close())
    return store
  }

  /** The server stopped after so many statements, and perhaps the next one, of which the log only says that it ran. */
  async function interrupt(done: number, { hasRunNext }: { readonly hasRunNext: boolean }): Promise<void> {
    const statements = splitScript(TEXT)
    const applied = statements.slice(0, hasRunNext ? done + 1 : done)
    const progress = writeProgress({ done, isRunning: true, digest: digestOf(statements.slice(0, done)) })
    await runSql(
      url,
      [...applied, `INSERT INTO portress_schema_migrations VALUES ('${FILE}', '${progress}', NOW())`].join(';'),
    )
  }

  it.each([
    ['before its first statement', 0, false],
    ['after its first statement', 0, true],
    ['before the table changes', 2, false],
    ['after the table has changed', 2, true],
  ])('%s goes on where it stopped', async (_when, done, hasRunNext) => {
    await interrupt(done, { hasRunNext })
    const store = open()
    expect((await store.migrations.status()).pending.map(({ name }) => name)).toEqual([FILE])
    expect(await store.migrations.apply()).toEqual([FILE])
    expect(await runSql(url, 'SELECT * FROM one ORDER BY id')).toEqual([
      { id: 1, name: null },
      { id: 2, name: 'two' },
    ])
    expect(await store.migrations.status()).toMatchObject({ pending: [], problems: [] })
  })

  it('may be mended behind what is done, and not before', async () => {
    await interrupt(2, { hasRunNext: false })
    writeFileSync(join(folder, FILE), TEXT.replace('VALUES (1)', 'VALUES (3)'))
    await expect(open().migrations.apply()).rejects.toThrow(
      `the migration ${FILE} is unfinished and not the text that was begun: 2 of its statements are done`,
    )
    writeFileSync(join(folder, FILE), TEXT.replace('LONGTEXT', 'VARCHAR(9)'))
    expect(await open().migrations.apply()).toEqual([FILE])
  })

  it('does not take a table that somebody else has made for its own', async () => {
    await runSql(url, 'CREATE TABLE one (other INTEGER)')
    for (let time = 0; time < 2; time += 1) {
      await expect(open().migrations.apply()).rejects.toThrow(
        `the migration ${FILE} failed: Table 'one' already exists (statement 1 of 4; what comes before it is done`,
      )
    }
    await runSql(url, 'DROP TABLE one')
    expect(await open().migrations.apply()).toEqual([FILE])
  })

  it('by the loss of its connection is taken up again', async () => {
    writeFileSync(join(folder, FILE), 'CREATE TABLE one (id INTEGER); DO SLEEP(60); CREATE TABLE two (id INTEGER);')
    const applying = open().migrations.apply()
    const find = () => server().asRoot("SELECT id FROM information_schema.processlist WHERE info LIKE 'DO SLEEP%'")
    await expect.poll(async () => (await find()).length, { timeout: 20_000 }).toBe(1)
    writeFileSync(join(folder, FILE), 'CREATE TABLE one (id INTEGER); DO SLEEP(0); CREATE TABLE two (id INTEGER);')
    const refused = expect(applying).rejects.toThrow(`the migration ${FILE} failed:`)
    await server().asRoot(`KILL ${(await find())[0]?.['id']}`)
    await refused
    expect(await open().migrations.apply()).toEqual([FILE])
    await runSql(url, 'INSERT INTO two SELECT id FROM one')
  })
})
