import type { CollectionName, FieldsOf, MongoNaming } from './naming.ts'
import { type UserModel, uniquePath } from './user-model.ts'

/** An index as MongoDB is told to make it. */
export interface IndexDefinition {
  readonly key: Readonly<Record<string, 1 | -1>>
  readonly name: string
  /** Carries a rule. It is sparse: of those without a value there may be any number. */
  readonly unique?: true
  readonly sparse?: true
}

/** The built-in indexes of each collection, besides that of `_id`. */
export function builtInIndexes({ fields }: MongoNaming): Readonly<Record<CollectionName, readonly IndexDefinition[]>> {
  const { sessions, attempts, outbox, throttles, groups, audit, addressRules } = fields
  return {
    users: indexesOfUsers(fields.users, fields),
    identityClaims: [],
    sessions: [
      unique(sessions.digest),
      plain({ [sessions.userId]: 1, [sessions.lastUsedAt]: -1 }),
      plain({ [sessions.idleExpiresAt]: 1 }),
    ],
    attempts: [
      plain({ [attempts.at]: -1, _id: -1 }),
      plain({ [attempts.userId]: 1, [attempts.at]: -1 }),
      plain({ [attempts.identifier]: 1, [attempts.at]: -1 }),
      plain({ [attempts.address]: 1, [attempts.at]: -1 }),
      sparse(attempts.sessionId),
      plain({ [attempts.at]: 1, [attempts.outcome]: 1 }),
    ],
    outbox: [
      plain({ [outbox.finishedAt]: 1, [outbox.createdAt]: 1, _id: 1 }),
      plain({ [outbox.finishedAt]: 1, [outbox.dueAt]: 1 }),
      plain({ [outbox.createdAt]: -1, _id: -1 }),
    ],
    throttles: [
      plain({ [throttles.expiresAt]: 1 }),
      plain({ [throttles.lockedUntil]: -1, _id: 1 }),
      sparse(throttles.owner),
      sparse(`${throttles.pending}.token`),
    ],
    groups: [unique(groups.nameKey)],
    audit: [
      plain({ [audit.at]: -1, _id: -1 }),
      plain({ [audit.actorId]: 1, [audit.at]: -1 }),
      plain({ [audit.action]: 1, [audit.at]: -1 }),
      plain({ [audit.objectKind]: 1, [audit.objectId]: 1, [audit.at]: -1 }),
    ],
    addressRules: [unique(addressRules.ruleId), plain({ [addressRules.expiresAt]: 1 })],
    counters: [],
    schemaMigrations: [],
  }
}

/** Those of the declared fields that are unique, by the names of the fields. */
export function declaredIndexes({ fields, profiles }: UserModel): ReadonlyMap<string, IndexDefinition> {
  const all = [
    ...fields.map((declared) => [declared.field, declared] as const),
    ...profiles.flatMap(({ name, fields: ofProfile }) =>
      ofProfile.map((declared) => [`${name}.${declared.field}`, declared] as const),
    ),
  ]
  const rules = all.filter(([, { definition }]) => definition.unique)
  return new Map(rules.map(([field, declared]) => [field, unique(uniquePath(declared))]))
}

export const unique = (path: string): IndexDefinition => ({
  key: { [path]: 1 },
  name: `${path}_unique`,
  unique: true,
  sparse: true,
})

function indexesOfUsers(users: FieldsOf<'users'>, fields: MongoNaming['fields']): readonly IndexDefinition[] {
  const keyed = [users.firstNameKey, users.lastNameKey, users.dateJoined, users.lastLoginAt]
  return [
    unique(users.usernameKey),
    unique(users.emailKey),
    plain({ [users.sharedEmailKey]: 1, _id: 1 }),
    ...keyed.map((name) => plain({ [name]: 1, _id: 1 })),
    ...[users.isStaff, users.isSuperuser, users.emailVerifiedAt, users.groups].map((name) => plain({ [name]: 1 })),
    plain({ [users.status]: 1, [users.sessionEpoch]: 1, [users.dateJoined]: 1 }),
    sparse(`${users.codes}.${fields.codes.digest}`),
    sparse(`${users.codes}.${fields.codes.expiresAt}`),
    sparse(`${users.identities}.${fields.identities.id}`),
    sparse(users.isDoomed),
  ]
}

const plain = (key: IndexDefinition['key']): IndexDefinition => ({ key, name: nameOf(key) })

const sparse = (path: string): IndexDefinition => ({ ...plain({ [path]: 1 }), sparse: true })

/** As MongoDB itself names indexes. */
const nameOf = (key: IndexDefinition['key']): string =>
  Object.entries(key)
    .map(([path, direction]) => `${path}_${direction}`)
    .join('_')
