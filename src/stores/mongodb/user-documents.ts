import type { Code, CodePurpose } from '../../model/code.ts'
import type { FieldValue, FieldValues, JsonValue } from '../../model/field.ts'
import type { Identity } from '../../model/identity.ts'
import type { User, UserId, UserStatus } from '../../model/user.ts'
import { documentOf, type Embedded, embedded } from './documents.ts'
import type { MongoDocument } from './mongo-driver.ts'
import type { MongoNaming } from './naming.ts'
import type { DeclaredField, UserModel } from './user-model.ts'
import {
  boolean,
  bytes,
  bytesOrNull,
  document,
  encodedJson,
  id,
  json,
  list,
  moment,
  momentOrNull,
  number,
  text,
  textOrNull,
} from './values.ts'

/** An identity as it lies in the document of its user. It counts as long as the claim to it is the one named here. */
export interface StoredIdentity {
  readonly identity: Identity
  readonly digest: string
  readonly claim: string
}

/** A user's whole document. */
export interface UserState {
  readonly user: User
  /** Another one after every change that decides something. */
  readonly version: string
  /** Another one whenever the user's sessions end together. */
  readonly era: string
  /** The session that was spared then. */
  readonly keptSession: string | null
  readonly identities: readonly StoredIdentity[]
  readonly codes: readonly Code[]
  readonly groups: readonly UserId[]
  readonly permissions: readonly string[]
}

/** How documents of users are read. */
export interface UserReader {
  user(document: MongoDocument): User
  state(document: MongoDocument): UserState
  /** Leaves out what grows and is seldom looked at. */
  readonly withoutBelongings: MongoDocument
}

export function userReader(model: UserModel): UserReader {
  const names = model.naming.fields.users
  const readDeclared = declaredReader(model)
  const user = (doc: MongoDocument): User => ({
    id: id(doc['_id']),
    username: textOrNull(doc[names.username]),
    email: textOrNull(doc[names.email]),
    passwordHash: textOrNull(doc[names.passwordHash]),
    firstName: text(doc[names.firstName]),
    lastName: text(doc[names.lastName]),
    status: text(doc[names.status]) as UserStatus,
    isStaff: boolean(doc[names.isStaff]),
    isSuperuser: boolean(doc[names.isSuperuser]),
    emailVerifiedAt: momentOrNull(doc[names.emailVerifiedAt]),
    dateJoined: moment(doc[names.dateJoined]),
    lastLoginAt: momentOrNull(doc[names.lastLoginAt]),
    sessionEpoch: number(doc[names.sessionEpoch]),
    ...readDeclared(doc),
  })
  return {
    user,
    state(doc) {
      const read = user(doc)
      return {
        user: read,
        version: text(doc[names.version]),
        era: text(doc[names.sessionEra]),
        keptSession: textOrNull(doc[names.keptSession]),
        identities: list(doc[names.identities]).map((one) => readIdentity(model.naming, document(one), read.id)),
        codes: list(doc[names.codes]).map((one) => readCode(model.naming, document(one), read.id)),
        groups: list(doc[names.groups]).map(id),
        permissions: list(doc[names.permissions]).map(text),
      }
    },
    withoutBelongings: { [names.identities]: 0, [names.codes]: 0, [names.groups]: 0, [names.permissions]: 0 },
  }
}

export function codeDocuments(naming: MongoNaming, codes: readonly Code[]): Embedded {
  const names = naming.fields.codes
  return embedded(
    codes.map(({ digest, purpose, payload, createdAt, expiresAt }) =>
      documentOf(names, { digest, purpose, payload: encodedJson(payload), createdAt, expiresAt }),
    ),
  )
}

export function identityDocuments(naming: MongoNaming, identities: readonly StoredIdentity[]): Embedded {
  const names = naming.fields.identities
  return embedded(
    identities.map(({ identity: { userId: _, extraData, ...plain }, digest, claim }) =>
      documentOf(names, { ...plain, extraData: encodedJson(extraData), digest, claim }),
    ),
  )
}

function readIdentity(
  { fields: { identities: names } }: MongoNaming,
  doc: MongoDocument,
  userId: UserId,
): StoredIdentity {
  return {
    digest: text(doc[names.digest]),
    claim: text(doc[names.claim]),
    identity: {
      id: number(doc[names.id]),
      provider: text(doc[names.provider]),
      subject: text(doc[names.subject]),
      userId,
      createdAt: moment(doc[names.createdAt]),
      lastLoginAt: moment(doc[names.lastLoginAt]),
      email: textOrNull(doc[names.email]),
      // Written from such an object alone.
      extraData: json(doc[names.extraData]) as Readonly<Record<string, JsonValue>>,
      sealedTokens: bytesOrNull(doc[names.sealedTokens]),
    },
  }
}

function readCode({ fields: { codes: names } }: MongoNaming, doc: MongoDocument, userId: UserId): Code {
  return {
    digest: bytes(doc[names.digest]),
    purpose: text(doc[names.purpose]) as CodePurpose,
    userId,
    payload: json(doc[names.payload]),
    createdAt: moment(doc[names.createdAt]),
    expiresAt: moment(doc[names.expiresAt]),
  }
}

type Declared = Pick<User, 'fields' | 'profiles'>

function declaredReader({ naming, fields, profiles }: UserModel): (doc: MongoDocument) => Declared {
  const names = naming.fields.users
  const none: Declared = { fields: Object.freeze({}), profiles: Object.freeze({}) }
  if (fields.length === 0 && profiles.length === 0) return () => none
  return (doc) => {
    const kept = document(doc[names.profiles])
    const read = profiles.map(({ name, key, fields: ofProfile }) => {
      const profile = kept[key]
      return [name, profile === undefined ? null : readFields(ofProfile, document(profile))] as const
    })
    return { fields: readFields(fields, document(doc[names.fields])), profiles: Object.fromEntries(read) }
  }
}

function readFields(fields: readonly DeclaredField[], doc: MongoDocument): FieldValues {
  return Object.fromEntries(fields.map((declared) => [declared.field, readField(declared, doc[declared.name])]))
}

/** Users who were there before a field was declared have its default. */
function readField({ definition }: DeclaredField, value: unknown): FieldValue {
  if (value === undefined) return definition.default
  if (value === null) return null
  switch (definition.kind) {
    case 'text':
    case 'enum':
      return text(value)
    case 'number':
      return number(value)
    case 'boolean':
      return boolean(value)
    case 'date':
      return moment(value)
    case 'json':
      return json(value)
  }
}
