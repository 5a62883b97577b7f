export type { NamingOptions } from '../sql/naming.ts'
export { type MysqlOptions, mysql } from './mysql.ts'
export type {
  MysqlCommand,
  MysqlConnection,
  MysqlPool,
  MysqlPromisePool,
  MysqlStatement,
} from './mysql-pool.ts'
