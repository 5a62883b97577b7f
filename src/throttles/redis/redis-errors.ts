import { AuthError } from '../../errors.ts'

/**
 * Words with which the server begins what it says of a script or a call that is wrong in itself.
 * https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors
 */
const FAULTS: readonly string[] = ['ERR', 'WRONGTYPE', 'CROSSSLOT', 'EXECABORT', 'SYNTAX']

/** The server has been started anew, or is another one, and does not know the script. */
export const isUnknownScript = (error: unknown): boolean => firstWordOf(error) === 'NOSCRIPT'

/**
 * What a failure of the driver means to callers: `unavailable` for everything but a fault of a program. The server may be
 * away, starting, full, a replica, or refuse the password; the connection may be lost.
 */
export function translateRedisError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AuthError) return error
  if (error instanceof TypeError || error instanceof RangeError || FAULTS.includes(firstWordOf(error) ?? ''))
    return error
  return unavailable(error)
}

export function unavailable(cause: unknown): AuthError {
  return new AuthError('unavailable', { retryAfterSeconds: 1 }, { cause })
}

function firstWordOf(error: unknown): string | null {
  return error instanceof Error ? (/^[A-Z]+(?= )/.exec(error.message)?.[0] ?? null) : null
}
