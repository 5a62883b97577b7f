import { columnName } from '../../model/field-names.ts'

/** Every collection with the fields of its documents besides `_id`, by the names the code uses. */
const COLLECTIONS = {
  users: [
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
    'sessionEra',
    'keptSession',
    'version',
    'identities',
    'codes',
    'groups',
    'permissions',
    'fields',
    'fieldKeys',
    'profiles',
    'profileKeys',
    'isDoomed',
  ],
  identityClaims: ['userId', 'token'],
  sessions: [
    'userId',
    'era',
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
  attempts: [
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
  outbox: ['createdAt', 'dueAt', 'tries', 'sentAt', 'finishedAt', 'body', 'lastError'],
  throttles: ['state', 'expiresAt', 'lockedUntil', 'version', 'owner', 'leader', 'pending'],
  groups: ['name', 'nameKey', 'permissions'],
  audit: ['at', 'actorId', 'actorName', 'door', 'address', 'action', 'objectKind', 'objectId', 'objectName', 'changes'],
  addressRules: ['ruleId', 'effect', 'note', 'createdAt', 'expiresAt'],
  counters: ['value'],
  schemaMigrations: ['checksum', 'appliedAt', 'done', 'runner', 'beats'],
} as const

/** Documents that lie in the document of their user. */
const EMBEDDED = {
  identities: [
    'id',
    'digest',
    'claim',
    'provider',
    'subject',
    'createdAt',
    'lastLoginAt',
    'email',
    'extraData',
    'sealedTokens',
  ],
  codes: ['digest', 'purpose', 'payload', 'createdAt', 'expiresAt'],
} as const

const DOCUMENTS: typeof COLLECTIONS & typeof EMBEDDED = { ...COLLECTIONS, ...EMBEDDED }

export type CollectionName = keyof typeof COLLECTIONS

export type DocumentName = CollectionName | keyof typeof EMBEDDED

export type FieldName<D extends DocumentName> = (typeof COLLECTIONS & typeof EMBEDDED)[D][number]

/** Where collections and fields are called otherwise than by default. */
export interface MongoNamingOptions {
  /** Begins the name of every collection. @default 'portress_' */
  readonly prefix?: string
  /** Whole names of collections, without the prefix. @default the prefix and the name in snake_case */
  readonly collections?: { readonly [C in CollectionName]?: string }
  /** Names of fields; `identities` and `codes` lie in the documents of users. @default the name in snake_case */
  readonly fields?: { readonly [D in DocumentName]?: { readonly [F in FieldName<D>]?: string } }
}

/** What the fields of a document are called. */
export type FieldsOf<D extends DocumentName> = Readonly<Record<FieldName<D>, string>>

/** What everything is called in the database. The only place where names are made. */
export interface MongoNaming {
  readonly collections: Readonly<Record<CollectionName, string>>
  readonly fields: { readonly [D in DocumentName]: FieldsOf<D> }
}

/** @throws {TypeError} for a name that MongoDB would read as something else */
export function resolveNaming(options: MongoNamingOptions = {}): MongoNaming {
  const prefix = options.prefix ?? 'portress_'
  const collections = entriesOf(COLLECTIONS).map(([name]) => [
    name,
    assertName(options.collections?.[name] ?? prefix + columnName(name)),
  ])
  const fields = entriesOf(DOCUMENTS).map(([name, known]) => {
    const given: Readonly<Record<string, string | undefined>> = options.fields?.[name] ?? {}
    return [name, fieldNames(name, known, given)]
  })
  const naming = { collections: Object.fromEntries(collections), fields: Object.fromEntries(fields) } as MongoNaming
  assertDistinct(Object.values(naming.collections), 'collections')
  return naming
}

function fieldNames(
  document: string,
  known: readonly string[],
  given: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const names = known.map((field) => [field, assertName(given[field] ?? columnName(field))] as const)
  assertDistinct(
    names.map(([, name]) => name),
    `fields of ${document}`,
  )
  return Object.fromEntries(names)
}

const entriesOf = <T extends object>(value: T): [keyof T, T[keyof T]][] =>
  Object.entries(value) as [keyof T, T[keyof T]][]

function assertName(name: string): string {
  if (/^[^$.\0]+$/.test(name) && name !== '_id' && !name.startsWith('system')) return name
  throw new TypeError(`"${name}" cannot be the name of a collection or field: no $, no dot, not _id, not system`)
}

function assertDistinct(names: readonly string[], what: string): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new TypeError(`two ${what} are called "${twice}"`)
}
