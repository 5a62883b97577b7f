import { createRequire } from 'node:module'
import type { PgPool, PgPoolConfig } from './pg-pool.ts'

interface Pg {
  readonly Pool: new (config: PgPoolConfig) => PgPool
}

/**
 * Loads the optional peer `pg` when a store opens and not before.
 *
 * @throws {TypeError} where it is not installed
 */
export function loadPg(load: () => unknown = requirePg): Pg {
  try {
    return load() as Pg
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error
    throw new TypeError('the PostgreSQL store needs the package "pg"; add it with `npm install pg`', { cause: error })
  }
}

function requirePg(): unknown {
  return createRequire(import.meta.url)('pg')
}
