import { AuthError } from '../../errors.ts'
import { ConnectionFailure, type FailureMoment } from '../sql/connection-failure.ts'

/**
 * Numbers of errors that say the database is out of reach, has no room, or took too long; none of them is a fault of the
 * statement. https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html, and for those below 1900 that MySQL
 * does not have https://mariadb.com/kb/en/mariadb-error-code-reference/
 */
const UNAVAILABLE: ReadonlySet<number> = new Set([
  1020, // changed since it was read, again and again
  1021, // the disk is full
  1026, // a file cannot be written
  1030, // the storage engine failed, as on a full disk
  1037, // no memory
  1038,
  1040, // too many connections
  1041, // no resources
  1047, // a node of a cluster that is not ready
  1053, // shutting down
  1114, // the table is full
  1135, // no thread to be had
  1158, // the network failed
  1159,
  1160,
  1161,
  1180, // an error during COMMIT
  1203, // the user's connections are used up
  1205, // a lock was not to be had in time
  1206, // no room for more locks
  1213, // waited in a circle, again and again
  1226, // the user's resources are used up
  1290, // an option such as --read-only
  1297, // for the time being
  1317, // interrupted
  1461, // too many prepared statements
  1637, // too many transactions
  1792, // the transaction only reads
  1836, // the server only reads
  1927, // the connection was killed (MariaDB)
  1969, // the statement took too long (MariaDB)
  3024, // the same
  3032, // offline
  3100, // a plug-in stopped the transaction, as in a group without a majority
  3101, // in conflict with another member of the group, again and again
  3168, // not available
  3169, // the session was killed
  4031, // closed because it was idle
])

/** The server closes the connection after these, or must not be asked again over it. */
const LAST_WORDS: ReadonlySet<number> = new Set([1053, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 3169, 4031])

const READ_ONLY: ReadonlySet<number> = new Set([1290, 1792, 1836])

/** What is prepared is no longer what it was, or there is no room for more until a connection takes its own away with it. */
const STALE: ReadonlySet<number> = new Set([1243, 1412, 1461, 1615])

/** https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html#error_er_data_too_long */
const TOO_LONG = 1406

/** What a failure of the driver means to callers: `unavailable` where the database is out of reach, else itself. */
export function translateMysqlError(error: unknown): unknown {
  const number = errorNumber(error)
  // Nothing is cut off, and nobody has ever had such a value.
  if (number === TOO_LONG) return new AuthError('malformed_request', {}, { cause: error })
  const isUnavailable = error instanceof ConnectionFailure || (number !== null && UNAVAILABLE.has(number))
  return isUnavailable ? new AuthError('unavailable', { retryAfterSeconds: 1 }, { cause: error }) : error
}

/**
 * Puts what the driver threw into order: what is a plain error and not from the server is about the connection. Errors of
 * other kinds are faults of a program.
 */
export function failureOf(error: unknown, moment: FailureMoment): unknown {
  if (!(error instanceof Error) || error instanceof ConnectionFailure) return error
  const number = errorNumber(error)
  if (number !== null) return LAST_WORDS.has(number) ? new ConnectionFailure(moment, error) : error
  if (error.name !== 'Error' && error.name !== 'AggregateError') return error
  // The driver's words for a connection whose loss it knew of before it was asked.
  return new ConnectionFailure(error.message.endsWith('is in closed state') ? 'unsent' : moment, error)
}

/** Whether a connection must not be given back: it is lost, leads to a server that only reads, or has lost its statements. */
export function isUnusableAfter(error: unknown): boolean {
  const number = errorNumber(error)
  return error instanceof ConnectionFailure || (number !== null && (READ_ONLY.has(number) || STALE.has(number)))
}

/** The number by which the server names what went wrong; `null` where it was not the server that spoke. */
export function errorNumber(error: unknown): number | null {
  if (!(error instanceof Error && 'sqlState' in error && 'errno' in error)) return null
  return typeof error.errno === 'number' ? error.errno : null
}
