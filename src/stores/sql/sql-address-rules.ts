import type { AddressRuleStore } from '../../contracts/address-rule-store.ts'
import type { AddressRule } from '../../model/address-rule.ts'
import { type AtomicStep, change, readAll, readFirst } from './atomic-step.ts'
import { assertLimit, deleteBatch, fixedLimit } from './batches.ts'
import type { Naming } from './naming.ts'
import { shapeCache } from './shape-cache.ts'
import { sql } from './sql.ts'
import type { SqlDatabase } from './sql-database.ts'
import type { Row, SqlEngine } from './sql-engine.ts'
import { statementsFor } from './statements.ts'

/** Addresses to block or allow in any SQL engine. */
export function sqlAddressRules(db: SqlDatabase, naming: Naming): AddressRuleStore {
  const statements = ruleStatements(db.engine, naming)
  return {
    async list(now, limit) {
      assertLimit(limit)
      return db.all(statements.list([String(limit)]), { now })
    },
    async put(rule, max) {
      return db.atomic(() => put(statements, rule, max))
    },
    async delete(id) {
      return db.atomic(() => take(statements, id))
    },
    async deleteExpired(before, limit) {
      assertLimit(limit)
      return db.change(statements.deleteExpired, { before, limit })
    },
  }
}

/** When another adds the same range in between, the engine refuses the row, and the step starts again. */
function* put(statements: RuleStatements, rule: AddressRule, max: number): AtomicStep<boolean> {
  yield* change(statements.deleteRange, rule)
  const [count = 0] = yield* readAll(statements.count, {})
  if (count >= max) return false
  yield* change(statements.insert, rule)
  return true
}

function* take(statements: RuleStatements, id: string): AtomicStep<AddressRule | null> {
  const rule = yield* readFirst(statements.find, { id })
  if (rule === null) return null
  return (yield* change(statements.delete, { id })) > 0 ? rule : null
}

type RuleStatements = ReturnType<typeof ruleStatements>

function ruleStatements(engine: SqlEngine, { addressRules: { table, columns: c } }: Naming) {
  const { query, command } = statementsFor(engine)
  const columns = sql`${c.id}, ${c.addressRange}, ${c.effect}, ${c.note}, ${c.createdAt}, ${c.expiresAt}`
  const read = (row: Row) => readRule(engine, row)
  return {
    list: shapeCache(([limit]) =>
      query<{ readonly now: Date }, AddressRule>(
        (p) => sql`SELECT ${columns} FROM ${table} WHERE ${c.expiresAt} IS NULL OR ${c.expiresAt} > ${p.now}
          ORDER BY ${c.createdAt} DESC, ${c.id} ${fixedLimit(Number(limit))}`,
        read,
      ),
    ),
    find: query<{ readonly id: string }, AddressRule>(
      (p) => sql`SELECT ${columns} FROM ${table} WHERE ${c.id} = ${p.id}`,
      read,
    ),
    count: query<object, number>(
      () => sql`SELECT COUNT(*) FROM ${table}`,
      (row) => engine.decode.number(row[0]),
    ),
    deleteRange: command<AddressRule>((p) => sql`DELETE FROM ${table} WHERE ${c.addressRange} = ${p.range}`),
    insert: command<AddressRule>(
      (p) => sql`INSERT INTO ${table} (${columns})
        VALUES (${p.id}, ${p.range}, ${p.effect}, ${p.note}, ${p.createdAt}, ${p.expiresAt})`,
    ),
    delete: command<{ readonly id: string }>((p) => sql`DELETE FROM ${table} WHERE ${c.id} = ${p.id}`),
    deleteExpired: command<{ readonly before: Date; readonly limit: number }>((p) =>
      deleteBatch(table, c.id, {
        where: sql`${c.expiresAt} < ${p.before}`,
        order: sql`${c.expiresAt}`,
        limit: p.limit,
      }),
    ),
  }
}

function readRule({ decode }: SqlEngine, row: Row): AddressRule {
  return {
    id: decode.text(row[0]),
    range: decode.text(row[1]),
    effect: decode.text(row[2]) as AddressRule['effect'],
    note: decode.text(row[3]),
    createdAt: decode.moment(row[4]),
    expiresAt: decode.momentOrNull(row[5]),
  }
}
