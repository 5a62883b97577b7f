import { AuthError } from '../../errors.ts'

// https://www.sqlite.org/rescode.html. Extended codes carry the primary one in their low byte.
const UNAVAILABLE: ReadonlySet<number> = new Set([
  5, // SQLITE_BUSY: another process kept the lock for longer than the busy timeout
  8, // SQLITE_READONLY
  10, // SQLITE_IOERR
  13, // SQLITE_FULL
  14, // SQLITE_CANTOPEN
])

/** What a failure of the driver means to callers: `unavailable` where the database is out of reach, else itself. */
export function translateSqliteError(error: unknown): unknown {
  return isUnavailable(error) ? new AuthError('unavailable', { retryAfterSeconds: 1 }, { cause: error }) : error
}

export function isBusy(error: unknown): boolean {
  return resultCode(error) === 5
}

function isUnavailable(error: unknown): boolean {
  // Node's word for a database or statement that was closed, as happens to the last requests during a shut-down.
  if (error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_STATE') return true
  const code = resultCode(error)
  return code !== null && UNAVAILABLE.has(code)
}

function resultCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null
}
