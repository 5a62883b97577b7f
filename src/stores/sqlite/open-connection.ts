import { closeSync, openSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { loadNodeSqlite } from './load-node-sqlite.ts'
import { isBusy } from './sqlite-errors.ts'
import type { SqliteLocation } from './sqlite-location.ts'

export interface ConnectionOptions {
  readonly location: SqliteLocation
  readonly durability: 'full' | 'normal'
  readonly busyTimeoutMilliseconds: number
}

/** Opens the file, made if need be, in the mode in which readers and one writer do not wait for each other. */
export function openConnection({ location, durability, busyTimeoutMilliseconds }: ConnectionOptions): DatabaseSync {
  const { DatabaseSync } = loadNodeSqlite()
  const path = location.kind === 'memory' ? ':memory:' : location.path
  if (location.kind === 'file') createPrivately(location.path)
  const connection = new DatabaseSync(path, { timeout: busyTimeoutMilliseconds, enableForeignKeyConstraints: true })
  try {
    switchToWriteAheadLog(connection)
    connection.exec(synchronousPragma(durability))
    // In KiB: the upper part of the indexes of a million users stays at hand. It is only taken as it is needed.
    connection.exec('PRAGMA cache_size = -16000')
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** `FULL` waits for the disk at each commit; `NORMAL` leaves that to the next one that does. */
export function synchronousPragma(durability: ConnectionOptions['durability']): string {
  return `PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`
}

/** A new file holds password hashes before anybody thinks of its permissions, so it begins with those of a secret. */
function createPrivately(path: string): void {
  try {
    closeSync(openSync(path, 'ax', 0o600))
  } catch {
    // It exists already and keeps its permissions, or it cannot be made, which SQLite tells better.
  }
}

// The switch needs the file for itself and does not wait for it, so processes that start together try again.
function switchToWriteAheadLog(connection: DatabaseSync): void {
  for (let tries = 1; ; tries += 1) {
    try {
      connection.exec('PRAGMA journal_mode = WAL')
      return
    } catch (error) {
      if (!isBusy(error) || tries === MAX_TRIES) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MILLISECONDS)
    }
  }
}

const MAX_TRIES = 100
const WAIT_MILLISECONDS = 20
