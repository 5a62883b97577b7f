import type { LockedKey, ThrottleEntry, ThrottleStep, ThrottleStore } from '../../contracts/throttle-store.ts'
import { type AtomicStep, change, readFirst } from './atomic-step.ts'
import { assertLimit, deleteBatch } from './batches.ts'
import type { Naming } from './naming.ts'
import { fixedText, sql } from './sql.ts'
import type { SqlDatabase } from './sql-database.ts'
import type { Row, SqlEngine } from './sql-engine.ts'
import { statementsFor } from './statements.ts'

/** Counters and locks in any SQL engine. */
export function sqlThrottles(db: SqlDatabase, naming: Naming): ThrottleStore {
  const statements = throttleStatements(db.engine, naming)
  return {
    async update(keys, step) {
      if (new Set(keys).size < keys.length) throw new TypeError('a throttle step names a key twice')
      return db.atomic(() => updateEntries(statements, keys, step), 'relaxed')
    },
    async delete(keys) {
      await db.atomic(() => deleteEntries(statements, keys), 'relaxed')
    },
    async deleteByPrefix(prefix) {
      return db.change(statements.deleteRange, { from: prefix, to: endOfPrefix(prefix) })
    },
    async listLocked(now, limit, after) {
      assertLimit(limit)
      if (after === undefined) return db.all(statements.listLocked, { now, limit })
      return db.all(statements.listLockedAfter, { now, limit, ...after })
    },
    async purge(now, { cappedPrefix, maxEntries }) {
      assertLimit(maxEntries)
      const range = { from: cappedPrefix, to: endOfPrefix(cappedPrefix) }
      return db.atomic(() => purge(statements, { now, ...range }, maxEntries))
    },
  }
}

type ThrottleStatements = ReturnType<typeof throttleStatements>

function* updateEntries<T>(
  statements: ThrottleStatements,
  keys: readonly string[],
  step: (entries: readonly (ThrottleEntry | null)[]) => ThrottleStep<T>,
): AtomicStep<T> {
  const held = new Map<string, ThrottleEntry | null>()
  // Always in one order, so that nobody waits in a circle.
  for (const key of keys.toSorted()) held.set(key, yield* holdEntry(statements, key))
  const before = keys.map((key) => held.get(key) ?? null)
  const { entries, result } = step(before)
  if (entries.length !== keys.length) throw new TypeError('a throttle step must return an entry for each key')
  for (const [at, key] of keys.entries()) {
    yield* writeEntry(statements, key, { before: before[at] ?? null, after: entries[at] ?? null })
  }
  return result
}

/** Until the step ends the entry stays as it is, and a missing one stays missing. */
function* holdEntry(statements: ThrottleStatements, key: string): AtomicStep<ThrottleEntry | null> {
  const entry = yield* readFirst(statements.lock, { key })
  if (entry !== null || statements.lockName === null) return entry
  yield* readFirst(statements.lockName, { key })
  // Whoever held the name before may have added it.
  return yield* readFirst(statements.lock, { key })
}

function* writeEntry(
  statements: ThrottleStatements,
  key: string,
  { before, after }: { readonly before: ThrottleEntry | null; readonly after: ThrottleEntry | null },
): AtomicStep<void> {
  if (after === before) return
  if (after === null) yield* change(statements.delete, { key })
  else yield* change(before === null ? statements.insert : statements.write, { key, ...after })
}

function* deleteEntries(statements: ThrottleStatements, keys: readonly string[]): AtomicStep<void> {
  for (const key of keys.toSorted()) yield* change(statements.delete, { key })
}

interface KeyRange {
  readonly from: string
  readonly to: string
}

interface Locked {
  readonly now: Date
}

interface Limited {
  readonly limit: number
}

function* purge(statements: ThrottleStatements, range: KeyRange & Locked, maxEntries: number): AtomicStep<number> {
  const expired = yield* change(statements.deleteExpired, { now: range.now })
  const remaining = yield* readFirst(statements.count, range)
  const excess = (remaining ?? 0) - maxEntries
  return excess > 0 ? expired + (yield* change(statements.deleteOldest, { ...range, limit: excess })) : expired
}

/** The first text, byte for byte, that lies behind everything beginning with the prefix. */
function endOfPrefix(prefix: string): string {
  const last = prefix.charCodeAt(prefix.length - 1)
  // Only here is the next UTF-16 unit also the next character in UTF-8.
  if (!(last < 0x7f)) throw new TypeError('the prefix of keys must end in an ASCII character')
  return prefix.slice(0, -1) + String.fromCharCode(last + 1)
}

function throttleStatements(engine: SqlEngine, { throttles: { table, columns: c } }: Naming) {
  const { query, command } = statementsFor(engine)
  const { decode, lockName } = engine
  const readLocked = (row: Row): LockedKey => ({ key: decode.text(row[0]), lockedUntil: decode.moment(row[1]) })
  return {
    lock: query<{ readonly key: string }, ThrottleEntry>(
      (p) => sql`SELECT ${c.state}, ${c.expiresAt}, ${c.lockedUntil}
        FROM ${table} WHERE ${c.key} = ${p.key} ${fixedText(engine.lockRows)}`,
      (row) => ({
        state: decode.text(row[0]),
        expiresAt: decode.moment(row[1]),
        lockedUntil: decode.momentOrNull(row[2]),
      }),
    ),
    lockName:
      lockName &&
      query<{ readonly key: string }, true>(
        () => lockName,
        () => true,
      ),
    insert: command<ThrottleEntry & { readonly key: string }>(
      (p) => sql`INSERT INTO ${table} (${c.key}, ${c.state}, ${c.expiresAt}, ${c.lockedUntil})
        VALUES (${p.key}, ${p.state}, ${p.expiresAt}, ${p.lockedUntil})`,
    ),
    write: command<ThrottleEntry & { readonly key: string }>(
      (p) => sql`UPDATE ${table}
        SET ${c.state} = ${p.state}, ${c.expiresAt} = ${p.expiresAt}, ${c.lockedUntil} = ${p.lockedUntil}
        WHERE ${c.key} = ${p.key}`,
    ),
    delete: command<{ readonly key: string }>((p) => sql`DELETE FROM ${table} WHERE ${c.key} = ${p.key}`),
    listLocked: query<Locked & Limited, LockedKey>(
      (p) => sql`SELECT ${c.key}, ${c.lockedUntil} FROM ${table}
        WHERE ${c.lockedUntil} > ${p.now} ORDER BY ${c.lockedUntil} DESC, ${c.key} LIMIT ${p.limit}`,
      readLocked,
    ),
    // The first condition is what an index can begin with.
    listLockedAfter: query<Locked & Limited & LockedKey, LockedKey>(
      (p) => sql`SELECT ${c.key}, ${c.lockedUntil} FROM ${table}
        WHERE ${c.lockedUntil} <= ${p.lockedUntil} AND ${c.lockedUntil} > ${p.now}
          AND (${c.lockedUntil} < ${p.lockedUntil} OR ${c.key} > ${p.key})
        ORDER BY ${c.lockedUntil} DESC, ${c.key} LIMIT ${p.limit}`,
      readLocked,
    ),
    deleteRange: command<KeyRange>((p) => sql`DELETE FROM ${table} WHERE ${c.key} >= ${p.from} AND ${c.key} < ${p.to}`),
    deleteExpired: command<Locked>((p) => sql`DELETE FROM ${table} WHERE ${c.expiresAt} < ${p.now}`),
    count: query<KeyRange, number>(
      (p) => sql`SELECT COUNT(*) FROM ${table} WHERE ${c.key} >= ${p.from} AND ${c.key} < ${p.to}`,
      (row) => decode.number(row[0]),
    ),
    // Entries are written with each use and live for a fixed time, so the first to expire is the longest unused.
    deleteOldest: command<KeyRange & Locked & Limited>((p) =>
      deleteBatch(table, c.key, {
        where: sql`${c.key} >= ${p.from} AND ${c.key} < ${p.to}
          AND (${c.lockedUntil} IS NULL OR ${c.lockedUntil} <= ${p.now})`,
        order: sql`${c.expiresAt}, ${c.key}`,
        limit: p.limit,
      }),
    ),
  }
}
