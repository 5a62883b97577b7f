import type { MongoDatabase } from './mongo-database.ts'

/**
 * Servers that speak MongoDB's protocol and do not keep what the store rests on. FerretDB 1 reads a document, changes it
 * by itself and writes it back: of two changes at once one is lost, and a lock that counts guesses counts too few.
 */
export async function serverProblems(db: MongoDatabase): Promise<readonly string[]> {
  const { ferretdbVersion: version } = await db.ask({ buildInfo: 1 })
  if (typeof version !== 'string' || !/^v?[01]\./.test(version)) return []
  return [`the server is FerretDB ${version}, which does not change a document in one step; use MongoDB or FerretDB 2`]
}
