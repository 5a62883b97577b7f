import { DatabaseSync } from 'node:sqlite'

/** Asks the file itself, past everything of Portress. */
export function queryFile(file: string, statement: string): readonly Record<string, unknown>[] {
  const database = new DatabaseSync(file, { timeout: 5000 })
  try {
    return database.prepare(statement).all()
  } finally {
    database.close()
  }
}

export function countRows(file: string, table: string): number {
  return Number(queryFile(file, `SELECT COUNT(*) AS "rows" FROM ${table}`)[0]?.['rows'])
}

/** Every value of every table, as one text: blobs in hex and as the text they may be. */
export function dumpFile(file: string): string {
  const tables = queryFile(file, "SELECT name FROM sqlite_schema WHERE type = 'table'").map(({ name }) => String(name))
  const values = tables.flatMap((table) => queryFile(file, `SELECT * FROM "${table}"`).flatMap(Object.values))
  return values.map(printed).join('\n')
}

function printed(value: unknown): string {
  if (!(value instanceof Uint8Array)) return String(value)
  const bytes = Buffer.from(value)
  return [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('utf8')].join('\n')
}
