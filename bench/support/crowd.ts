import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import { toBase64Url } from '../../src/util/base64url.ts'
import { sha256 } from '../../src/util/secrets.ts'

/** So many users and their sessions, written past Portress: through it, a million log-ins would take a day of hashing. */
export interface Crowd {
  readonly users: number
  readonly sessions: number
}

/** The bearer token of a session of the crowd; the first is number 1. */
export function crowdToken(session: number): string {
  return toBase64Url(sha256(String(session)))
}

const HOUR_MILLISECONDS = 3_600_000

/** Whose a session is: neighbours among sessions are strangers among users. 7919 is a prime. */
const OWNER_STEP = 7919

const USER_COLUMNS =
  'username, username_key, email, email_key, first_name, last_name, first_name_key, last_name_key, ' +
  'status, is_staff, is_superuser, date_joined, session_epoch'

const SESSION_COLUMNS =
  'id, user_id, digest, carrier, created_at, last_used_at, idle_expires_at, expires_at, assurance, backend, generation'

/** Adds the crowd to a SQLite file with all tables and nobody in it. Indexes are made afterwards, which is quicker by far. */
export function crowdSqlite(path: string, { users, sessions }: Crowd): void {
  const database = new DatabaseSync(path)
  try {
    database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000')
    const indexes = indexesOf(database)
    for (const { name } of indexes) database.exec(`DROP INDEX "${name}"`)
    database.exec('BEGIN')
    const addUser = database.prepare(
      `INSERT INTO portress_users (${USER_COLUMNS}) VALUES
       (?1, ?1, ?1 || '@crowd.test', ?1 || '@crowd.test', 'Ann', 'Other', 'ann', 'other', 'active', 0, 0, ?2, 0)`,
    )
    const now = Date.now()
    for (let number = 1; number <= users; number += 1) addUser.run(`crowd-${number}`, now - number * 1000)
    const addSession = database.prepare(
      `INSERT INTO portress_sessions (${SESSION_COLUMNS}) VALUES (?1, ?2, ?3, 'token', ?4, ?4, ?5, ?5, 'password', 'password', 0)`,
    )
    for (let number = 1; number <= sessions; number += 1) {
      const owner = ((number * OWNER_STEP) % users) + 1
      addSession.run(`crowd-${number}`, owner, sha256(crowdToken(number)), now, now + 100 * HOUR_MILLISECONDS)
    }
    database.exec('COMMIT')
    for (const { sql } of indexes) database.exec(sql)
    database.exec('ANALYZE')
  } finally {
    database.close()
  }
}

interface Index {
  readonly name: string
  readonly sql: string
}

function indexesOf(database: DatabaseSync): readonly Index[] {
  const rows = database
    .prepare(
      `SELECT name, sql FROM sqlite_master
       WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('portress_users', 'portress_sessions')`,
    )
    .all()
  return rows.map(({ name, sql }) => ({ name: String(name), sql: String(sql) }))
}

/** The same for a PostgreSQL database. */
export async function crowdPostgres(url: string, { users, sessions }: Crowd): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: indexes } = await client.query<{ readonly name: string; readonly sql: string }>(
      `SELECT indexname AS name, indexdef AS sql FROM pg_indexes
       WHERE tablename IN ('portress_users', 'portress_sessions') AND indexname NOT LIKE '%_pkey'`,
    )
    // Whether each session has its user need not be asked of a crowd.
    await client.query("SET session_replication_role = replica; SET maintenance_work_mem = '256MB'")
    for (const { name } of indexes) await client.query(`DROP INDEX "${name}"`)
    await client.query(
      `INSERT INTO portress_users (${USER_COLUMNS})
       SELECT 'crowd-' || n, 'crowd-' || n, 'crowd-' || n || '@crowd.test', 'crowd-' || n || '@crowd.test',
              'Ann', 'Other', 'ann', 'other', 'active', false, false, now() - n * interval '1 second', 0
       FROM generate_series(1, ${users}) AS n`,
    )
    await client.query(
      `INSERT INTO portress_sessions (${SESSION_COLUMNS})
       SELECT 'crowd-' || n, (n::bigint * ${OWNER_STEP}) % ${users} + 1, sha256(convert_to(${TOKEN_IN_POSTGRES}, 'UTF8')), 'token',
              now(), now(), now() + interval '100 hours', now() + interval '100 hours', 'password', 'password', 0
       FROM generate_series(1, ${sessions}) AS n`,
    )
    for (const { sql } of indexes) await client.query(sql)
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.end()
  }
}

/** `crowdToken` of `n`. */
const TOKEN_IN_POSTGRES = `rtrim(translate(encode(sha256(convert_to(n::text, 'UTF8')), 'base64'), '+/', '-_'), '=')`
