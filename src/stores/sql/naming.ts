import { createHash } from 'node:crypto'
import { columnName } from '../../model/field-names.ts'
import { type Identifier, identifier, identifierIn } from './sql.ts'

/** Every built-in table with its columns, by the names the code uses. */
const TABLES = {
  users: [
    'id',
    'username',
    'usernameKey',
    'email',
    'emailKey',
    'sharedEmailKey',
    'passwordHash',
    'firstName',
    'firstNameKey',
    'lastName',
    'lastNameKey',
    'status',
    'isStaff',
    'isSuperuser',
    'emailVerifiedAt',
    'dateJoined',
    'lastLoginAt',
    'sessionEpoch',
  ],
  identities: [
    'id',
    'digest',
    'provider',
    'subject',
    'userId',
    'createdAt',
    'lastLoginAt',
    'email',
    'extraData',
    'sealedTokens',
  ],
  sessions: [
    'id',
    'userId',
    'digest',
    'carrier',
    'createdAt',
    'lastUsedAt',
    'idleExpiresAt',
    'expiresAt',
    'address',
    'userAgent',
    'assurance',
    'backend',
    'generation',
    'rotatedAt',
  ],
  codes: ['digest', 'purpose', 'userId', 'payload', 'createdAt', 'expiresAt'],
  attempts: [
    'id',
    'at',
    'userId',
    'identifier',
    'address',
    'userAgent',
    'door',
    'action',
    'outcome',
    'sessionId',
    'loggedOutAt',
  ],
  outbox: ['id', 'createdAt', 'dueAt', 'tries', 'sentAt', 'finishedAt', 'body', 'lastError'],
  throttles: ['key', 'state', 'expiresAt', 'lockedUntil'],
  groups: ['id', 'name', 'nameKey'],
  groupPermissions: ['groupId', 'permission'],
  userGroups: ['userId', 'groupId'],
  userPermissions: ['userId', 'permission'],
  audit: [
    'id',
    'at',
    'actorId',
    'actorName',
    'door',
    'address',
    'action',
    'objectKind',
    'objectId',
    'objectName',
    'changes',
  ],
  addressRules: ['id', 'addressRange', 'effect', 'note', 'createdAt', 'expiresAt'],
  schemaMigrations: ['name', 'checksum', 'appliedAt'],
} as const

export type TableName = keyof typeof TABLES

export type ColumnName<T extends TableName> = (typeof TABLES)[T][number]

/** Where tables and columns are called otherwise than by default, for databases that exist already. */
export interface NamingOptions {
  /** Begins the name of every table. @default 'portress_' */
  readonly prefix?: string
  /** Whole names of tables, without the prefix. @default the prefix and the name in snake_case */
  readonly tables?: { readonly [T in TableName]?: string }
  /** Names of columns. @default the name in snake_case */
  readonly columns?: { readonly [T in TableName]?: { readonly [C in ColumnName<T>]?: string } }
}

export interface TableNaming<T extends TableName> {
  readonly table: Identifier
  readonly columns: Readonly<Record<ColumnName<T>, Identifier>>
}

/** A table whose columns are not known by name. */
export interface AnyTable {
  readonly table: Identifier
  readonly columns: Readonly<Record<string, Identifier>>
}

/** What everything is called in the database. The only place where names are made. */
export type Naming = { readonly [T in TableName]: TableNaming<T> } & {
  /** The table of a profile. */
  profileTable(profile: string): Identifier
  /** The column of a profile table that names its user. */
  readonly profileUserId: Identifier
}

/** `schema` is where all tables are; without it they are where the database looks first. */
export function resolveNaming(options: NamingOptions = {}, schema?: string): Naming {
  const prefix = options.prefix ?? 'portress_'
  const naming = <T extends TableName>(table: T): TableNaming<T> => ({
    table: identifierIn(schema, options.tables?.[table] ?? prefix + columnName(table)),
    columns: columnNaming(TABLES[table], options.columns?.[table] ?? {}),
  })
  return {
    users: naming('users'),
    identities: naming('identities'),
    sessions: naming('sessions'),
    codes: naming('codes'),
    attempts: naming('attempts'),
    outbox: naming('outbox'),
    throttles: naming('throttles'),
    groups: naming('groups'),
    groupPermissions: naming('groupPermissions'),
    userGroups: naming('userGroups'),
    userPermissions: naming('userPermissions'),
    audit: naming('audit'),
    addressRules: naming('addressRules'),
    schemaMigrations: naming('schemaMigrations'),
    profileTable: (profile) => identifierIn(schema, `${prefix}profile_${columnName(profile)}`),
    profileUserId: identifier('user_id'),
  }
}

/** All built-in tables. */
export function builtInTables(naming: Naming): readonly AnyTable[] {
  return (Object.keys(TABLES) as TableName[]).map((table) => naming[table])
}

/** PostgreSQL cuts longer names off, and MySQL refuses them. */
export const MAX_NAME_LENGTH = 63

export type IndexKind = 'index' | 'unique' | 'reference'

/** The name of an index or a constraint, the same in every engine. One that would be too long ends in a digest of the whole. */
export function indexName(table: Identifier, column: Identifier | string, kind: IndexKind): Identifier {
  const name = `${table.name}_${typeof column === 'string' ? column : column.name}_${kind}`
  if (name.length <= MAX_NAME_LENGTH) return identifier(name)
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8)
  return identifier(`${name.slice(0, MAX_NAME_LENGTH - 9)}_${digest}`)
}

function columnNaming<C extends string>(
  columns: readonly C[],
  given: { readonly [K in C]?: string },
): Readonly<Record<C, Identifier>> {
  const entries = columns.map((column) => [column, identifier(given[column] ?? columnName(column))])
  return Object.fromEntries(entries) as Record<C, Identifier>
}
