import { DatabaseSync } from 'node:sqlite'

/** Every row of every table of a database file, as they lie there. */
export function readTables(location: string): ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]> {
  const db = new DatabaseSync(location, { readOnly: true })
  try {
    const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all()
    return new Map(names.map(({ name }) => [String(name), db.prepare(`SELECT * FROM "${name}"`).all()]))
  } finally {
    db.close()
  }
}

/** How many rows each table has. */
export function countRows(location: string): Readonly<Record<string, number>> {
  return Object.fromEntries([...readTables(location)].map(([name, rows]) => [name, rows.length]))
}

/** Where a secret stands in a text or in a database, in clear or in a usual encoding. */
export function placesOf(secret: string, haystack: ReadonlyMap<string, readonly object[]> | string): readonly string[] {
  const bytes = Buffer.from(secret)
  const spellings = [
    secret,
    encodeURIComponent(secret),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    // A secret that is itself base64url, by the bytes it stands for.
    Buffer.from(secret, 'base64url').toString('hex'),
  ]
  const texts = typeof haystack === 'string' ? [['text', haystack] as const] : [...haystack].flatMap(textsOf)
  return texts.flatMap(([place, text]) => (spellings.some((spelling) => text.includes(spelling)) ? [place] : []))
}

function textsOf([table, rows]: readonly [string, readonly object[]]): readonly (readonly [string, string])[] {
  return rows.flatMap((row) =>
    Object.entries(row).flatMap(([column, value]) => {
      const place = `${table}.${column}`
      if (!(value instanceof Uint8Array)) return [[place, String(value)] as const]
      const bytes = Buffer.from(value)
      return [
        [place, bytes.toString('latin1')] as const,
        [place, bytes.toString('hex')] as const,
        [place, bytes.toString('base64url')] as const,
      ]
    }),
  )
}
