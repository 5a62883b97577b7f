/** The settings of a connection that belongs to the store. */
export interface SessionLimits {
  readonly statementTimeoutMilliseconds: number
  /** After so long without a statement the server ends a transaction, where it can (MariaDB). */
  readonly idleTransactionMilliseconds: number
}

/** What cannot be kept as it is must be refused, never cut off or replaced by something else. */
export const STRICT_MODE =
  'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY'

/**
 * Brings a new connection of the store's own into the state that its statements need, whatever the server's settings. Locks are
 * waited for in whole seconds. Only MariaDB ends every statement after a time: MySQL does so with those that read.
 */
export function setUpSession(limits: SessionLimits): readonly string[] {
  const { statementTimeoutMilliseconds: statement, idleTransactionMilliseconds: idle } = limits
  const lockSeconds = Math.ceil(statement / 1000)
  return [
    `SET SESSION sql_mode = '${STRICT_MODE}', autocommit = 1, time_zone = '+00:00', foreign_key_checks = 1, unique_checks = 1,
      completion_type = 'NO_CHAIN', sql_select_limit = 18446744073709551615, sql_safe_updates = 0,
      innodb_lock_wait_timeout = ${lockSeconds}, lock_wait_timeout = ${lockSeconds}
      /*!80000 , max_execution_time = ${statement} */
      /*M!100300 , max_statement_time = ${statement / 1000}, idle_transaction_timeout = ${Math.ceil(idle / 1000)} */`,
    'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  ]
}

/** What must hold of a connection that the application has set up. */
export const SESSION_STATE = `SELECT @@SESSION.sql_mode, @@SESSION.autocommit, @@SESSION.foreign_key_checks,
  @@SESSION.completion_type, @@SESSION.sql_select_limit, @@SESSION.character_set_client, @@SESSION.character_set_connection,
  @@SESSION.character_set_results`

/**
 * Refuses a connection of the application on which the store could not keep its promises. It is not changed: the application's
 * own statements rely on it as it is.
 *
 * @throws {TypeError}
 */
export function assertSessionState(state: readonly unknown[]): void {
  const [mode, autocommit, checks, completion, selectLimit, ...charsets] = state
  const modes = String(mode).split(',')
  if (!modes.some((one) => one === 'STRICT_ALL_TABLES' || one === 'STRICT_TRANS_TABLES')) {
    throw unfit('need STRICT_TRANS_TABLES in their sql_mode, or the server cuts off what is too long, without a word')
  }
  if (modes.includes('EMPTY_STRING_IS_NULL')) throw unfit('cannot have EMPTY_STRING_IS_NULL in their sql_mode')
  if (Number(autocommit) !== 1) throw unfit('need autocommit')
  if (Number(checks) !== 1) throw unfit('need foreign_key_checks')
  if (completion !== 'NO_CHAIN')
    throw unfit('need NO_CHAIN as their completion_type, or what follows a commit is not kept')
  if (Number(selectLimit) < Number.MAX_SAFE_INTEGER) throw unfit('cannot have a sql_select_limit, which cuts off lists')
  if (charsets.some((charset) => charset !== 'utf8mb4')) throw unfit("need charset: 'utf8mb4'")
}

const unfit = (problem: string): TypeError =>
  new TypeError(`connections of the pool that the MySQL store was given ${problem}`)
