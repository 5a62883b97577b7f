import type { LockedKey, ThrottleEntry, ThrottleStep, ThrottleStore } from '../../contracts/throttle-store.ts'
import { endOfPrefix } from '../../util/prefix-range.ts'
import { type AtomicStep, change, readFirst } from './atomic-step.ts'
import { assertLimit, deleteBatch } from './batches.ts'
import type { Naming } from './naming.ts'
import { fixedText, type SqlText, sql } from './sql.ts'
import type { SqlDatabase } from './sql-database.ts'
import type { Row, SqlEngine } from './sql-engine.ts'
import { type ParametersOf, statementsFor } from './statements.ts'

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
  const held = new Map<string, HeldEntry>()
  // Always in one order, so that nobody waits in a circle.
  for (const key of keys.toSorted()) held.set(key, yield* holdEntry(statements, key))
  const before = keys.map((key) => held.get(key) ?? ABSENT)
  const { entries, result } = step(before.map(({ entry }) => entry))
  if (entries.length !== keys.length) throw new TypeError('a throttle step must return an entry for each key')
  for (const [at, key] of keys.entries()) {
    yield* writeEntry(statements, key, { before: before[at] ?? ABSENT, after: entries[at] ?? null })
  }
  return result
}

/** What is under a key until the step ends. */
interface HeldEntry {
  readonly entry: ThrottleEntry | null
  /** There is a row, if only to hold the key. */
  readonly hasRow: boolean
}

const ABSENT: HeldEntry = { entry: null, hasRow: false }

/** Until the step ends the entry stays as it is, and a missing one stays missing. */
function* holdEntry(statements: ThrottleStatements, key: string): AtomicStep<HeldEntry> {
  if (statements.hold !== null) {
    yield* change(statements.hold, { key, ...PLACEHOLDER })
    const row = yield* readFirst(statements.lock, { key })
    return { entry: row === null || row.state === PLACEHOLDER.state ? null : row, hasRow: true }
  }
  const entry = yield* readFirst(statements.lock, { key })
  if (entry !== null || statements.lockName === null) return { entry, hasRow: entry !== null }
  yield* readFirst(statements.lockName, { key })
  // Whoever held the name before may have added it.
  const added = yield* readFirst(statements.lock, { key })
  return { entry: added, hasRow: added !== null }
}

/**
 * A row that holds a key without an entry. Nobody else ever sees it: the step that has put it there writes over it, or takes it
 * away. It does not expire, so that no purge takes it for one that does.
 */
const PLACEHOLDER: ThrottleEntry = {
  state: 'this row only holds its key',
  expiresAt: new Date(Date.UTC(9999, 11, 31)),
  lockedUntil: null,
}

function* writeEntry(
  statements: ThrottleStatements,
  key: string,
  { before, after }: { readonly before: HeldEntry; readonly after: ThrottleEntry | null },
): AtomicStep<void> {
  const { entry, hasRow } = before
  if (after === null) {
    if (hasRow) yield* change(statements.delete, { key })
  } else if (after !== entry) yield* change(hasRow ? statements.write : statements.insert, { key, ...after })
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

function throttleStatements(engine: SqlEngine, { throttles: { table, columns: c } }: Naming) {
  const { query, command } = statementsFor(engine)
  const { decode, lockName, holdPresent } = engine
  const insert = (p: ParametersOf<ThrottleEntry & { readonly key: string }>): SqlText =>
    sql`INSERT INTO ${table} (${c.key}, ${c.state}, ${c.expiresAt}, ${c.lockedUntil})
      VALUES (${p.key}, ${p.state}, ${p.expiresAt}, ${p.lockedUntil})`
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
    insert: command<ThrottleEntry & { readonly key: string }>(insert),
    hold:
      holdPresent && command<ThrottleEntry & { readonly key: string }>((p) => sql`${insert(p)} ${holdPresent(c.key)}`),
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
