import type { TestProject } from 'vitest/node'
import { startMongodb } from '../mongodb-server.ts'
import { announceServer } from './announce-server.ts'

/** One server for all tests that run on MongoDB, or on what speaks its protocol. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startMongodb()
  return announceServer(project, server.createDatabase(), server.remove)
}
