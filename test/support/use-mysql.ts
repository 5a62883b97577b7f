import { afterAll, beforeAll, beforeEach } from 'vitest'
import { hasMysql, type MysqlServer, startMysql } from './mysql-server.ts'

/** A server for all tests of a file. Where there is no MariaDB they are left out, and `what` says which they were. */
export function useMysql(what: string, settings: readonly string[] = []): () => MysqlServer {
  let server: MysqlServer | undefined
  beforeAll(async () => {
    if (hasMysql()) server = await startMysql(settings)
    else process.stderr.write(`Left out, because MariaDB is not installed: ${what}\n`)
  })
  beforeEach(({ skip }) => {
    if (server === undefined) skip('MariaDB is not installed')
  })
  afterAll(() => server?.remove())
  return () => {
    if (server === undefined) throw new Error('MariaDB is not installed')
    return server
  }
}
