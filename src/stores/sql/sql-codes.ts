import type { CodeStore } from '../../contracts/store.ts'
import type { Code, CodePurpose } from '../../model/code.ts'
import type { UserId } from '../../model/user.ts'
import { type AtomicStep, change, readFirst } from './atomic-step.ts'
import { assertLimit, deleteBatch } from './batches.ts'
import type { Naming } from './naming.ts'
import { fixedText, type SqlText, sql, unlessNull } from './sql.ts'
import type { SqlDatabase } from './sql-database.ts'
import type { Row, SqlEngine } from './sql-engine.ts'
import { type ParametersOf, statementsFor } from './statements.ts'

interface LiveCode {
  readonly digest: Uint8Array
  readonly purpose: CodePurpose
  readonly now: Date
}

/** Mailed codes in any SQL engine. */
export function sqlCodes(db: SqlDatabase, naming: Naming): CodeStore {
  const statements = codeStatements(db.engine, naming)
  return {
    async insert(code) {
      // A mail with a code is made firm before it leaves, and the code with it; one that nobody waits for may be lost.
      await db.change(statements.insert, { ...code, payload: JSON.stringify(code.payload) }, 'relaxed')
    },
    find: (digest, purpose, now) => db.first(statements.find, { digest, purpose, now }),
    take: (digest, purpose, now) => {
      const live = { digest, purpose, now }
      return db.atomic(() => (db.engine.returning ? readFirst(statements.take, live) : lockAndDelete(statements, live)))
    },
    async deleteForUser(userId, purpose) {
      await db.change(statements.deleteForUser, { userId, purpose: purpose ?? null })
    },
    async deleteExpired(before, limit) {
      assertLimit(limit)
      return db.change(statements.deleteExpired, { before, limit })
    },
  }
}

type CodeStatements = ReturnType<typeof codeStatements>

/** `take` for engines without `RETURNING`: whoever deletes the row has the code. */
function* lockAndDelete(statements: CodeStatements, live: LiveCode): AtomicStep<Code | null> {
  const code = yield* readFirst(statements.lock, live)
  return code && (yield* change(statements.delete, live)) > 0 ? code : null
}

function codeStatements(engine: SqlEngine, { codes: { table, columns: c } }: Naming) {
  const { query, command } = statementsFor(engine)
  const columns = sql`${c.digest}, ${c.purpose}, ${c.userId}, ${c.payload}, ${c.createdAt}, ${c.expiresAt}`
  const isLive = (p: ParametersOf<LiveCode>): SqlText =>
    sql`${c.digest} = ${p.digest} AND ${c.purpose} = ${p.purpose} AND ${c.expiresAt} > ${p.now}`
  const read = (row: Row) => readCode(engine, row)
  return {
    insert: command<Omit<Code, 'payload'> & { readonly payload: string }>(
      (p) => sql`INSERT INTO ${table} (${columns})
        VALUES (${p.digest}, ${p.purpose}, ${p.userId}, ${p.payload}, ${p.createdAt}, ${p.expiresAt})`,
    ),
    find: query<LiveCode, Code>((p) => sql`SELECT ${columns} FROM ${table} WHERE ${isLive(p)}`, read),
    lock: query<LiveCode, Code>(
      (p) => sql`SELECT ${columns} FROM ${table} WHERE ${isLive(p)} ${fixedText(engine.lockRows)}`,
      read,
    ),
    take: query<LiveCode, Code>((p) => sql`DELETE FROM ${table} WHERE ${isLive(p)} RETURNING ${columns}`, read),
    delete: command<LiveCode>((p) => sql`DELETE FROM ${table} WHERE ${isLive(p)}`),
    deleteForUser: command<{ readonly userId: UserId; readonly purpose: CodePurpose | null }>(
      (p) => sql`DELETE FROM ${table}
        WHERE ${c.userId} = ${p.userId} AND ${unlessNull(sql`${c.purpose} = ${p.purpose}`)}`,
    ),
    deleteExpired: command<{ readonly before: Date; readonly limit: number }>((p) =>
      deleteBatch(table, c.digest, {
        where: sql`${c.expiresAt} < ${p.before}`,
        order: sql`${c.expiresAt}`,
        limit: p.limit,
      }),
    ),
  }
}

function readCode({ decode }: SqlEngine, row: Row): Code {
  return {
    digest: decode.bytes(row[0]),
    purpose: decode.text(row[1]) as CodePurpose,
    userId: decode.id(row[2]),
    payload: decode.json(row[3]),
    createdAt: decode.moment(row[4]),
    expiresAt: decode.moment(row[5]),
  }
}
