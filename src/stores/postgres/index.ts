export type { NamingOptions } from '../sql/naming.ts'
export type { PgClient, PgPool, PgQuery, PgResult, PgSubmittable, PgTypes, PgWire } from './pg-pool.ts'
export { type PostgresOptions, postgres } from './postgres.ts'
