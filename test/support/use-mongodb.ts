import { afterAll, beforeAll, beforeEach } from 'vitest'
import { hasMongodb, type MongodbServer, startMongodb } from './mongodb-server.ts'

/** A server for all tests of a file. Where there is none they are left out, and `what` says which they were. */
export function useMongodb(what: string): () => MongodbServer {
  let server: MongodbServer | undefined
  beforeAll(async () => {
    if (hasMongodb()) server = await startMongodb()
    else process.stderr.write(`Left out, because there is neither mongod nor ferretdb: ${what}\n`)
  })
  beforeEach(({ skip }) => {
    if (server === undefined) skip('there is neither mongod nor ferretdb')
  })
  afterAll(() => server?.remove())
  return () => {
    if (server === undefined) throw new Error('there is neither mongod nor ferretdb')
    return server
  }
}
