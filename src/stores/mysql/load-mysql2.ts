import { createRequire } from 'node:module'
import type { MysqlPool, MysqlPoolConfig } from './mysql-pool.ts'

interface Mysql2 {
  createPool(config: MysqlPoolConfig): MysqlPool
}

/**
 * Loads the optional peer `mysql2` when a store opens and not before.
 *
 * @throws {TypeError} where it is not installed
 */
export function loadMysql2(load: () => unknown = requireMysql2): Mysql2 {
  try {
    return load() as Mysql2
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error
    throw new TypeError('the MySQL store needs the package "mysql2"; add it with `npm install mysql2`', {
      cause: error,
    })
  }
}

function requireMysql2(): unknown {
  return createRequire(import.meta.url)('mysql2')
}
