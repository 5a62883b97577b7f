import type { FieldValue } from '../../model/field.ts'
import { readFieldValue } from '../../model/field-value.ts'
import { canonicalText } from '../../model/identifier.ts'
import type { User } from '../../model/user.ts'
import { fixedLimit } from './batches.ts'
import { type DeclaredColumn, uniqueColumn } from './declared-columns.ts'
import { shapeCache } from './shape-cache.ts'
import { type Parameter, type SqlText, sql } from './sql.ts'
import type { SqlEngine } from './sql-engine.ts'
import { type Query, statementsFor } from './statements.ts'
import type { UserModel } from './user-model.ts'
import { userRows } from './user-rows.ts'

/** A look-up by one declared field, ready to run. */
export interface FieldQuery {
  readonly query: Query<{ readonly key: unknown }, User>
  readonly key: unknown
}

export interface FieldLookUp {
  readonly field: string
  readonly value: FieldValue
  readonly limit: number
}

/**
 * Makes look-ups by a field: `null` where nobody can have such a value. One query for each field and limit.
 *
 * @throws {TypeError} for a field that is not declared, or not kept so that it is found at once
 */
export function fieldQueries(engine: SqlEngine, model: UserModel): (lookUp: FieldLookUp) => FieldQuery | null {
  const findable = findableFields(model)
  const rows = userRows(engine, model)
  const { table, columns: c } = model.naming.users
  const queryOf = shapeCache(([field = '', limit]) =>
    statementsFor(engine).query<{ readonly key: unknown }, User>(
      (p) => sql`SELECT ${rows.columns} FROM ${table} AS u${rows.joins}
        WHERE ${requireField(findable, field).condition(p.key)} ORDER BY u.${c.id} ${fixedLimit(Number(limit))}`,
      (row) => rows.read(row, 0),
    ),
  )
  return ({ field, value, limit }) => {
    const { declared } = requireField(findable, field)
    const query = queryOf([field, String(limit)])
    const key = keyOf(declared, value)
    return key === null ? null : { query, key }
  }
}

interface FindableField {
  readonly declared: DeclaredColumn
  readonly condition: (key: Parameter) => SqlText
}

function findableFields({ naming, columns, profiles }: UserModel): ReadonlyMap<string, FindableField> {
  const { id } = naming.users.columns
  const found = new Map<string, FindableField>()
  for (const declared of columns.filter(isFindable)) {
    found.set(declared.field, { declared, condition: (key) => sql`u.${uniqueColumn(declared)} = ${key}` })
  }
  for (const { name, table, columns: ofProfile } of profiles) {
    for (const declared of ofProfile.filter(isFindable)) {
      found.set(`${name}.${declared.field}`, {
        declared,
        condition: (key) =>
          sql`u.${id} IN (SELECT ${naming.profileUserId} FROM ${table} WHERE ${uniqueColumn(declared)} = ${key})`,
      })
    }
  }
  return found
}

const isFindable = ({ definition }: DeclaredColumn): boolean => definition.unique

function requireField(findable: ReadonlyMap<string, FindableField>, field: string): FindableField {
  const known = findable.get(field)
  if (known) return known
  const names = [...findable.keys()].map((name) => `"${name}"`).join(', ')
  throw new TypeError(`users cannot be found by the field "${field}"; declare it unique. There are ${names || 'none'}`)
}

/** Databases convert: without this the text `'7'` would find the number 7. */
function keyOf({ definition }: DeclaredColumn, value: FieldValue): unknown {
  if (value === null) return null
  const { kind, integer = false } = definition
  // By the kind alone: what no longer fits the field's limits is still what somebody has.
  const read = readFieldValue({ kind: kind === 'enum' ? 'text' : kind, integer }, value)
  if ('error' in read) return null
  return kind === 'text' && typeof read.value === 'string' ? canonicalText(read.value) : read.value
}
