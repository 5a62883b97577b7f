import { createHash } from 'node:crypto'
import type { Statement } from '../sql/statements.ts'

/** What a connection keeps at most. A client that varies which fields it sends must not fill the server's memory. */
const MAX_KEPT = 500

/** Tells the name under which one connection keeps a statement; `null` for one that comes when it keeps enough. */
export function statementNames(): (statement: Statement) => string | null {
  const kept = new Set<string>()
  return (statement) => {
    const name = nameOf(statement)
    if (kept.has(name)) return name
    if (kept.size >= MAX_KEPT) return null
    kept.add(name)
    return name
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
