import { availableParallelism } from 'node:os'
import { Stop } from './stop.ts'

/** More processes than this on one machine are a mistake. */
const MAX_WORKERS = 256

/** How many processes `--workers` asks for. @throws {Stop} 2 */
export function readWorkerCount(text: string | undefined): number {
  if (text === undefined) return 1
  if (text === 'auto') return availableParallelism()
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (count >= 1 && count <= MAX_WORKERS) return count
  throw new Stop(2, `--workers must be a number from 1 to ${MAX_WORKERS}, or auto for one a core`)
}

/** How many threads each of so many processes has for hashing, so that all of them together have one a core. */
export function hashThreadsPerWorker(count: number): number {
  return Math.max(1, Math.floor(availableParallelism() / count))
}
