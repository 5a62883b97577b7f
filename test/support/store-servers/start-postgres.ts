import type { TestProject } from 'vitest/node'
import { startPostgres } from '../postgres-server.ts'
import { announceServer } from './announce-server.ts'

/** One server for all tests that run on PostgreSQL. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres()
  return announceServer(project, await server.createDatabase(), server.remove)
}
