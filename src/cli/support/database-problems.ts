import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { sqliteLocation } from '../../stores/sqlite/sqlite-location.ts'
import { isOnServer } from './embedded-store.ts'
import { messageOf } from './explain-error.ts'

/** What keeps the database that `PORTRESS_DATABASE` names from being opened, in words that name file and folder. */
export function databaseProblems(database: string): readonly string[] {
  const problem = locationProblem(database)
  return problem === null ? [] : [`PORTRESS_DATABASE ${problem}`]
}

function locationProblem(database: string): string | null {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(database)?.[1]?.toLowerCase() ?? 'file'
  if (isOnServer(database)) return /^[\w+]+:\/\//.test(database) ? null : `must begin with ${scheme}://`
  if (scheme !== 'sqlite' && scheme !== 'file') {
    return `names ${scheme}:, where Portress cannot keep anything; give a path, or a sqlite:, postgres:, mysql: or mongodb: URL`
  }
  try {
    const location = sqliteLocation(database)
    if (location.kind === 'memory') return null
    const path = resolve(location.path)
    return folderProblem(dirname(path)) ?? fileProblem(path)
  } catch (error) {
    return `cannot be used: ${messageOf(error)}`
  }
}

function folderProblem(folder: string): string | null {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found === undefined)
    return `is to be in the folder ${folder}, which does not exist; make it, or give another path`
  if (!found.isDirectory()) return `is to be in ${folder}, which is no folder; give another path`
  try {
    // SQLite writes its journal beside the database.
    accessSync(folder, constants.W_OK | constants.X_OK)
    return null
  } catch {
    return `is to be in the folder ${folder}, which this user may not write to; change that, or give another path`
  }
}

/** https://www.sqlite.org/fileformat.html#the_database_header */
const HEADER = 'SQLite format 3\0'

function fileProblem(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined || found.size === 0) return null
  if (!found.isFile()) return `names ${path}, which is no file; give the path of a file`
  const isDatabase = readStart(path, HEADER.length) === HEADER
  return isDatabase ? null : `names ${path}, which is not a SQLite database; give another path`
}

// Closing a file drops every lock this process has on it, so this must come before SQLite opens the database.
function readStart(path: string, length: number): string {
  const descriptor = openSync(path, 'r')
  try {
    const start = Buffer.alloc(length)
    readSync(descriptor, start, 0, length, 0)
    return start.toString('latin1')
  } finally {
    closeSync(descriptor)
  }
}
