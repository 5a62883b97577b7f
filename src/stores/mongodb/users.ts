import type { UserCondition } from '../../contracts/store.ts'
import type { User, UserId } from '../../model/user.ts'
import { changesOf, documentOf, embedded, joinedChanges } from './documents.ts'
import type { Documents } from './mongo-collections.ts'
import type { MongoDatabase } from './mongo-database.ts'
import type { MongoDocument } from './mongo-driver.ts'
import { isDuplicateKey } from './mongo-errors.ts'
import { AGAIN, untilUndisturbed } from './retries.ts'
import { newToken } from './tokens.ts'
import { createTurns } from './turns.ts'
import { type UserReader, type UserState, userReader } from './user-documents.ts'
import type { UserModel } from './user-model.ts'
import { ABSENT, document, equals, list, id as readId, text } from './values.ts'

/** What a change of a user makes of the document; `endsEra`: sessions that began before are over. */
export interface UserStep<T> {
  readonly set?: MongoDocument
  readonly unset?: MongoDocument
  readonly endsEra?: { readonly keptSession: string | null }
  readonly result: (changed: UserState) => T
}

/**
 * Documents of users, and the one way to change them: read, judge, write while the version is still the one that was judged.
 * Whatever must be atomic with a user lies in the document.
 */
export interface Users {
  readonly db: MongoDatabase
  readonly model: UserModel
  readonly reader: UserReader
  readonly documents: Documents<'users'>
  find(id: UserId): Promise<User | null>
  findState(id: UserId): Promise<UserState | null>
  /** Of somebody who has the value there. */
  findHolder(path: string, key: unknown): Promise<UserState | null>
  /**
   * Changes a user as one step. `judge` is asked again when somebody else was faster, and when a unique index refused what it had
   * made; what it gives without writing is the result. `null` where there is no such user.
   */
  change<T>(id: UserId, judge: (state: UserState) => Promise<Judged<T>>): Promise<T | null>
  /** Puts an end to a user who is still like this. `false`: somebody else was faster. */
  remove(state: UserState): Promise<boolean>
  /** Takes away what is left of a user whose end was begun, if there is such a one. */
  finishRemoval(id: UserId): Promise<boolean>
}

export type Judged<T> =
  | { readonly write: UserStep<T> }
  | { readonly result: T }
  /** Something that the judgement rests on has changed. */
  | typeof AGAIN

export function users(db: MongoDatabase, model: UserModel): Users {
  const documents = db.documents('users')
  const { names } = documents
  const reader = userReader(model)
  const turns = createTurns()
  const readLive = <T>(doc: MongoDocument | null, read: (doc: MongoDocument) => T): T | null =>
    doc === null || doc[names.isDoomed] === true ? null : read(doc)
  const self: Users = {
    db,
    model,
    reader,
    documents,
    find: async (id) =>
      readLive(await documents.findOne({ _id: equals(id) }, { projection: reader.withoutBelongings }), reader.user),
    findState: async (id) => readLive(await documents.findOne({ _id: equals(id) }), reader.state),
    findHolder: async (path, key) => readLive(await documents.findOne({ [path]: equals(key) }), reader.state),
    change<T>(id: UserId, judge: (state: UserState) => Promise<Judged<T>>) {
      let refusal: unknown
      const step = async (): Promise<T | null | typeof AGAIN> => {
        refusal = undefined
        const state = await self.findState(id)
        if (state === null) return null
        const judged = await judge(state)
        return tryStep(self, state, judged).catch((error: unknown): typeof AGAIN => {
          if (!isDuplicateKey(error)) throw error
          refusal = error
          return AGAIN
        })
      }
      return turns.take([String(id)], () => untilUndisturbed(step, () => refusal))
    },
    remove: async (state) =>
      (await beginRemoval(self, state)) && finish(self, state.user.id, claimsOf(self, doomedDocument(self, state))),
    async finishRemoval(id) {
      const doc = await documents.findOne({ _id: equals(id), [names.isDoomed]: equals(true) })
      return doc !== null && finish(self, id, claimsOf(self, doc))
    },
  }
  return self
}

export function isAsExpected({ user }: UserState, when: UserCondition): boolean {
  return (
    (when.status === undefined || user.status === when.status) &&
    (when.passwordHash === undefined || user.passwordHash === when.passwordHash) &&
    (when.email === undefined || user.email === when.email) &&
    (when.username === undefined || user.username === when.username) &&
    (when.isStaff === undefined || user.isStaff === when.isStaff) &&
    (when.isSuperuser === undefined || user.isSuperuser === when.isSuperuser) &&
    (when.sessionEpoch === undefined || user.sessionEpoch === when.sessionEpoch)
  )
}

async function tryStep<T>(
  { documents, reader }: Users,
  state: UserState,
  judged: Judged<T>,
): Promise<T | typeof AGAIN> {
  if (judged === AGAIN) return AGAIN
  if ('result' in judged) return judged.result
  const { names } = documents
  const { set = {}, unset = {}, endsEra, result } = judged.write
  const era = endsEra ? changesOf(names, { sessionEra: newToken(), keptSession: endsEra.keptSession }) : {}
  const update = {
    ...joinedChanges({ ...set, ...era.$set, [names.version]: newToken() }, { ...unset, ...era.$unset }),
    ...(endsEra && { $inc: { [names.sessionEpoch]: 1 } }),
  }
  const filter = { _id: equals(state.user.id), [names.version]: equals(state.version) }
  const changed = await documents.changeOne(filter, update)
  return changed === null ? AGAIN : result(reader.state(changed))
}

/**
 * From this moment nobody finds the user, and names and addresses are free. What belongs to them is taken away afterwards: the
 * document that is left knows what, and keeps the id from being used.
 */
function beginRemoval(self: Users, state: UserState): Promise<boolean> {
  const { documents } = self
  const filter = { _id: equals(state.user.id), [documents.names.version]: equals(state.version) }
  return documents.replaceOne(filter, doomedDocument(self, state))
}

function doomedDocument({ documents, model }: Users, { user, identities }: UserState): MongoDocument {
  const claims = identities.map(({ digest, claim }) => documentOf(model.naming.fields.identities, { digest, claim }))
  return { _id: user.id, ...documentOf(documents.names, { isDoomed: true, identities: embedded(claims) }) }
}

interface ClaimKey {
  readonly digest: string
  readonly claim: string
}

function claimsOf({ documents, model }: Users, doomed: MongoDocument): readonly ClaimKey[] {
  const names = model.naming.fields.identities
  return list(doomed[documents.names.identities]).map((one) => {
    const entry = document(one)
    return { digest: text(entry[names.digest]), claim: text(entry[names.claim]) }
  })
}

async function finish({ db, documents }: Users, id: UserId, claims: readonly ClaimKey[]): Promise<true> {
  const identityClaims = db.documents('identityClaims')
  for (const { digest, claim } of claims) {
    await identityClaims.deleteMany({ _id: equals(digest), [identityClaims.names.token]: equals(claim) })
  }
  for (const name of ['sessions', 'attempts'] as const) {
    const belongings = db.documents(name)
    await belongings.deleteMany({ [belongings.names.userId]: equals(id) })
  }
  await documents.deleteMany({ _id: equals(id), [documents.names.isDoomed]: equals(true) })
  return true
}

/** Nobody whose end was begun. */
export const isThere = ({ documents }: Users): MongoDocument => ({ [documents.names.isDoomed]: ABSENT })

export const idOf = (doc: MongoDocument): UserId => readId(doc['_id'])
