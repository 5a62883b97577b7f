import { createHash } from 'node:crypto'
import type { Statement } from '../sql/statements.ts'
import type { Prepared } from './prepared-query.ts'

/** What a connection keeps at most. A client that varies which fields it sends must not fill the server's memory. */
const MAX_KEPT = 500

/** Gives one connection's statements their names; `null` for one that comes when it keeps enough. */
export function preparedStatements(): (statement: Statement) => Prepared | null {
  const byName = new Map<string, Prepared>()
  return (statement) => {
    const name = nameOf(statement)
    const known = byName.get(name)
    if (known) return known
    if (byName.size >= MAX_KEPT) return null
    const prepared: Prepared = { name, text: statement.text, parsers: null }
    byName.set(name, prepared)
    return prepared
  }
}

const names = new WeakMap<Statement, string>()

/** The same for the same text, whoever rendered it. */
function nameOf(statement: Statement): string {
  const known = names.get(statement)
  if (known !== undefined) return known
  const name = `portress_${createHash('sha256').update(statement.text).digest('base64url').slice(0, 22)}`
  names.set(statement, name)
  return name
}
