import { AuthError } from '../../errors.ts'

/**
 * Codes of the server that say it is out of reach, has no room, or took too long; none of them is a fault of the command.
 * https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
 */
const UNAVAILABLE: ReadonlySet<number> = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  24, // LockTimeout
  43, // CursorNotFound
  46, // LockBusy
  50, // MaxTimeMSExpired
  64, // WriteConcernTimeout
  89, // NetworkTimeout
  91, // ShutdownInProgress
  100, // UnsatisfiableWriteConcern
  112, // WriteConflict
  133, // FailedToSatisfyReadPreference
  134, // ReadConcernMajorityNotAvailableYet
  189, // PrimarySteppedDown
  202, // NetworkInterfaceExceededTimeLimit
  262, // ExceededTimeLimit
  9001, // SocketException
  10058, // LegacyNotPrimary
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13388, // StaleConfig
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
  14031, // OutOfDiskSpace
])

/** What the driver says about connections, and not the server about a command. */
const CONNECTION_ERRORS: ReadonlySet<string> = new Set([
  'MongoClientClosedError',
  'MongoExpiredSessionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongoOperationTimeoutError',
  'MongoPoolClearedError',
  'MongoPoolClearedOnNetworkError',
  'MongoPoolClosedError',
  'MongoServerClosedError',
  'MongoServerSelectionError',
  'MongoTopologyClosedError',
  'MongoWaitQueueTimeoutError',
])

/** What a failure of the driver means to callers: `unavailable` where the database is out of reach, else itself. */
export function translateMongoError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AuthError) return error
  const code = codeOf(error)
  const isUnavailable =
    CONNECTION_ERRORS.has(error.name) ||
    error.name === 'MongoWriteConcernError' ||
    (code !== null && UNAVAILABLE.has(code))
  return isUnavailable ? new AuthError('unavailable', { retryAfterSeconds: 1 }, { cause: error }) : error
}

/** Tells whether nobody knows what has become of a command. */
export function isUnavailable(error: unknown): boolean {
  const translated = translateMongoError(error)
  return translated instanceof AuthError && translated.code === 'unavailable'
}

/** Tells whether the driver has found no server for as long as it was to look for one. */
export const isWithoutServer = (error: unknown): boolean =>
  error instanceof Error && error.name === 'MongoServerSelectionError'

/** Tells whether a unique index kept the document out. Which one is found out by looking: not every server says it. */
export const isDuplicateKey = (error: unknown): boolean => error instanceof Error && codeOf(error) === DUPLICATE_KEY

const DUPLICATE_KEY = 11000

/** By the number that the server gives its errors; `null` where it was not the server that spoke. */
export function codeOf(error: Error): number | null {
  return 'code' in error && typeof error.code === 'number' ? error.code : null
}
