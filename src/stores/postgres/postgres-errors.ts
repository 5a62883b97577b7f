import { AuthError } from '../../errors.ts'
import { ConnectionFailure, type FailureMoment } from '../sql/connection-failure.ts'

/**
 * Beginnings of the codes that say the database is out of reach, has no room, or took too long; none of them is a fault of
 * the statement. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const UNAVAILABLE: readonly string[] = [
  '08', // the connection failed
  '25006', // the server only reads: a replica, or one that was told to
  '25P03', // the transaction stood still for too long
  '40001', // tried again and again, always in vain
  '40P01',
  '53', // no memory, no disk, too many connections
  '55P03', // a lock was not to be had in time
  '57', // shut down, starting, or cancelled because of a timeout
  '58', // the system below failed
]

/** The server closes the connection after these. */
const LAST_WORDS = /^(?:08.{3}|25P03|57P0[1-5])$/

/** What a failure of the driver means to callers: `unavailable` where the database is out of reach, else itself. */
export function translatePostgresError(error: unknown): unknown {
  const code = sqlState(error)
  const isUnavailable =
    error instanceof ConnectionFailure || (code !== null && UNAVAILABLE.some((beginning) => code.startsWith(beginning)))
  return isUnavailable ? new AuthError('unavailable', { retryAfterSeconds: 1 }, { cause: error }) : error
}

/**
 * Puts what the driver threw into order. It has no codes for lost connections: what is a plain error and not from the server
 * is about the connection. Errors of other kinds are faults of a program.
 */
export function failureOf(error: unknown, moment: FailureMoment): unknown {
  if (!(error instanceof Error) || error instanceof ConnectionFailure) return error
  const code = sqlState(error)
  if (code !== null) return LAST_WORDS.test(code) ? new ConnectionFailure(moment, error) : error
  if (error.name !== 'Error' && error.name !== 'AggregateError') return error
  // The driver's words for a connection whose loss it knew of before it was asked.
  return new ConnectionFailure(error.message.endsWith('is not queryable') ? 'unsent' : moment, error)
}

/** The five characters by which the server names what went wrong; `null` where it was not the server that spoke. */
export function sqlState(error: unknown): string | null {
  if (!(error instanceof Error && 'severity' in error && 'code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}
