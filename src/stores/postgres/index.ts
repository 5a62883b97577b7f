export type { NamingOptions } from '../sql/naming.ts'
export type { PgClient, PgPool, PgQuery, PgResult, PgTypes } from './pg-pool.ts'
export { type PostgresOptions, postgres } from './postgres.ts'
