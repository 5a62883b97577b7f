import type { TestProject } from 'vitest/node'
import { startMysql } from '../mysql-server.ts'
import { announceServer } from './announce-server.ts'

/** One server for all tests that run on MariaDB. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startMysql()
  return announceServer(project, await server.createDatabase(), server.remove)
}
