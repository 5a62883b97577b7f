import { afterAll, beforeAll, beforeEach } from 'vitest'
import { hasPostgres, type PostgresServer, startPostgres } from './postgres-server.ts'

/** A server for all tests of a file. Where there is no PostgreSQL they are left out, and `what` says which they were. */
export function usePostgres(what: string, settings: readonly string[] = []): () => PostgresServer {
  let server: PostgresServer | undefined
  beforeAll(async () => {
    if (hasPostgres()) server = await startPostgres(settings)
    else process.stderr.write(`Left out, because PostgreSQL is not installed: ${what}\n`)
  })
  beforeEach(({ skip }) => {
    if (server === undefined) skip('PostgreSQL is not installed')
  })
  afterAll(() => server?.remove())
  return () => {
    if (server === undefined) throw new Error('PostgreSQL is not installed')
    return server
  }
}
