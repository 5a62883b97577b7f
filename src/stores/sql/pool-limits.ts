import { readLimits } from '../../util/read-limits.ts'

/** What can be set about the pool of a database behind a network. */
export interface PoolLimits {
  readonly maxConnections: number
  readonly connectTimeoutMilliseconds: number
  readonly statementTimeoutMilliseconds: number
}

const DEFAULTS: PoolLimits = {
  maxConnections: 10,
  connectTimeoutMilliseconds: 5000,
  statementTimeoutMilliseconds: 5000,
}

const LIMITS = Object.keys(DEFAULTS) as (keyof PoolLimits)[]

/** @throws {TypeError} for a limit that is none */
export function readPoolLimits(options: Partial<PoolLimits>): PoolLimits {
  return readLimits(options, DEFAULTS)
}

/** @throws {TypeError} for a limit of a pool that the application has made, other than the allowed ones */
export function assertNoPoolLimits(options: Partial<PoolLimits>, allowed: readonly (keyof PoolLimits)[] = []): void {
  const given = LIMITS.find((name) => options[name] !== undefined && !allowed.includes(name))
  if (given !== undefined) throw new TypeError(`${given} is for a pool that the store makes; set it on your own pool`)
}
