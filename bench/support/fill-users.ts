import { DatabaseSync } from 'node:sqlite'
import { runSql } from '../../test/support/postgres-server.ts'
import { account } from './accounts.ts'

/** What the engines say in words of their own. */
interface Words {
  /** Rows with a number `i` from 1 to `count`, in front of the statement and behind `FROM`. */
  readonly numbers: (count: number) => readonly [before: string, from: string]
  readonly no: string
  readonly yes: string
  /** The moment so many minutes ago. */
  readonly minutesAgo: (minutes: string) => string
  /** The number with leading zeros. */
  readonly padded: (number: string) => string
}

const COLUMNS =
  'username, username_key, email, email_key, first_name, first_name_key, last_name, last_name_key, status, is_staff, ' +
  'is_superuser, email_verified_at, date_joined, last_login_at, session_epoch'

/**
 * Many users by a few statements: names in their order, a hundred first names, every tenth disabled, all in one group. The first
 * account of the bench, which was there before, becomes a superuser.
 */
function statements({ numbers, no, yes, minutesAgo, padded }: Words, count: number): readonly string[] {
  const [before, from] = numbers(count)
  const name = `'reader-' || ${padded('i')}`
  const email = `${name} || '@people.test'`
  const firstName = `'First' || (i % 100)`
  const lastName = `'Last' || (i % 977)`
  const status = `CASE WHEN i % 10 = 0 THEN 'disabled' ELSE 'active' END`
  const joined = minutesAgo('i')
  return [
    `UPDATE portress_users SET is_staff = ${yes}, is_superuser = ${yes} WHERE username_key = '${account(0).username}'`,
    `${before} INSERT INTO portress_users (${COLUMNS})
      SELECT ${name}, ${name}, ${email}, ${email}, ${firstName}, LOWER(${firstName}), ${lastName}, LOWER(${lastName}),
        ${status}, ${no}, ${no}, ${joined}, ${joined}, ${joined}, 0 FROM ${from}`,
    `INSERT INTO portress_groups (name, name_key) VALUES ('Everybody', 'everybody')`,
    `INSERT INTO portress_user_groups (user_id, group_id)
      SELECT u.id, g.id FROM portress_users AS u CROSS JOIN portress_groups AS g`,
  ]
}

/** Fills a file that has all tables and that nobody has open. */
export function fillSqlite(file: string, count: number): void {
  const database = new DatabaseSync(file)
  const words: Words = {
    numbers: (last) => [
      `WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < ${last})`,
      'numbers',
    ],
    no: '0',
    yes: '1',
    minutesAgo: (minutes) => `(unixepoch() - 60 * ${minutes}) * 1000`,
    padded: (number) => `printf('%07d', ${number})`,
  }
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN')
  for (const statement of statements(words, count)) database.exec(statement)
  database.exec('COMMIT')
  database.close()
}

/** Fills a database that has all tables, and leaves it as the server's own housekeeping would after a while. */
export async function fillPostgres(url: string, count: number): Promise<void> {
  const words: Words = {
    numbers: (last) => ['', `generate_series(1, ${last}) AS numbers(i)`],
    no: 'false',
    yes: 'true',
    minutesAgo: (minutes) => `date_trunc('milliseconds', now()) - ${minutes} * interval '1 minute'`,
    padded: (number) => `lpad(${number}::text, 7, '0')`,
  }
  await runSql(url, statements(words, count).join(';\n'))
  await runSql(url, 'VACUUM ANALYZE')
}
