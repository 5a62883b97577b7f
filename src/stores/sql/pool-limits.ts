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

/** Timers that wait for longer, and for a little more than is asked here, do not wait at all. */
const MOST = 2_000_000_000

/** @throws {TypeError} for a limit that is none */
export function readPoolLimits(options: Partial<PoolLimits>): PoolLimits {
  const limits = { ...DEFAULTS }
  for (const name of LIMITS) {
    const value = options[name] ?? DEFAULTS[name]
    if (!Number.isSafeInteger(value) || value < 1 || value > MOST) {
      throw new TypeError(`${name} must be a whole number from 1 to ${MOST}`)
    }
    limits[name] = value
  }
  return limits
}

/** @throws {TypeError} for a limit of a pool that the application has made, other than the allowed ones */
export function assertNoPoolLimits(options: Partial<PoolLimits>, allowed: readonly (keyof PoolLimits)[] = []): void {
  const given = LIMITS.find((name) => options[name] !== undefined && !allowed.includes(name))
  if (given !== undefined) throw new TypeError(`${given} is for a pool that the store makes; set it on your own pool`)
}
