export type { NamingOptions } from '../sql/naming.ts'
export { type SqliteOptions, sqlite } from './sqlite.ts'
