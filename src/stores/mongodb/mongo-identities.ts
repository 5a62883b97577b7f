import type {
  DeleteIdentityResult,
  IdentityLogin,
  IdentityStore,
  InsertIdentityResult,
  InsertUserOptions,
  InsertWithUserResult,
  UserCondition,
} from '../../contracts/store.ts'
import type { Identity, NewIdentity } from '../../model/identity.ts'
import type { NewUser, UserId } from '../../model/user.ts'
import { nextNumber } from './counters.ts'
import { documentOf } from './documents.ts'
import {
  type Claim,
  claimIdentity,
  digestOf,
  findClaim,
  findClaimed,
  isStillClaimed,
  releaseClaim,
} from './identity-claims.ts'
import { findTaken, insertUser } from './insert-user.ts'
import { isUnavailable } from './mongo-errors.ts'
import { identityDocuments, type StoredIdentity } from './user-documents.ts'
import { assertNewId, idCheck } from './user-ids.ts'
import { isAsExpected, isThere, type Users } from './users.ts'
import { equals } from './values.ts'

/** Links between users and providers in MongoDB. */
export function mongoIdentities(users: Users): IdentityStore {
  const isId = idCheck(users.model)
  return {
    insert: async (identity, userId, when = {}) =>
      isId(userId) ? insertIdentity(users, identity, { userId, when }) : { outcome: 'missed' },
    insertWithUser: (identity, user, options) => insertWithUser(users, identity, { user, options }),
    async find(key) {
      const claim = await findClaim(users, digestOf(key))
      const claimed = claim && (await findClaimed(users, claim))
      return claimed && { identity: claimed.stored.identity, user: claimed.state.user }
    },
    async listForUser(userId) {
      const state = isId(userId) ? await users.findState(userId) : null
      return state?.identities.map(({ identity }) => identity) ?? []
    },
    noteLogin: (id, changes) => noteLogin(users, id, changes),
    delete: async (id, userId) => (isId(userId) ? deleteIdentity(users, id, userId) : 'missed'),
  }
}

async function insertIdentity(
  users: Users,
  identity: NewIdentity,
  { userId, when }: { readonly userId: UserId; readonly when: UserCondition },
): Promise<InsertIdentityResult> {
  const state = await users.findState(userId)
  if (state === null || !isAsExpected(state, when)) return { outcome: 'missed' }
  const claim = await claimIdentity(users, digestOf(identity), userId)
  if (claim === null) return { outcome: 'conflict' }
  const stored = await newStored(users, identity, claim)
  const result = await users.change<InsertIdentityResult>(userId, async (current) => {
    if (!isAsExpected(current, when)) return { result: { outcome: 'missed' } }
    // Somebody of the same user may have been faster while this one stood still.
    if (!(await isStillClaimed(users, claim))) return { result: { outcome: 'conflict' } }
    const set = identitiesSet(users, [...current.identities, stored])
    return { write: { set, result: () => ({ outcome: 'inserted', identity: stored.identity }) } }
  })
  if (result?.outcome === 'inserted') return confirmed(users, claim, result)
  await releaseClaim(users, claim)
  return result ?? { outcome: 'missed' }
}

async function insertWithUser(
  users: Users,
  identity: NewIdentity,
  { user, options }: { readonly user: NewUser; readonly options: InsertUserOptions },
): Promise<InsertWithUserResult> {
  assertNewId(users.model, user)
  const digest = digestOf(identity)
  const taken = user.id === null ? await findTaken(users, user, options) : null
  // Whoever comes by this identity at the same time has claimed it before there is a user in the way.
  if (taken !== null && (await findClaim(users, digest)) === null) return { outcome: 'conflict', field: taken }
  const id = user.id ?? (await nextNumber(users.db, 'users'))
  const claim = await claimIdentity(users, digest, id)
  if (claim === null) return { outcome: 'identity-taken' }
  const stored = await newStored(users, identity, claim)
  try {
    const result = await insertUser(users, user, { ...options, id, more: identitiesSet(users, [stored]) })
    if (result.outcome !== 'inserted') {
      await releaseClaim(users, claim)
      return result
    }
    if (await isStillClaimed(users, claim)) return { ...result, identity: stored.identity }
    const state = await users.findState(id)
    if (state !== null) await users.remove(state)
    return { outcome: 'identity-taken' }
  } catch (error) {
    // The user may be there by now, and needs the claim.
    if (!isUnavailable(error)) await releaseClaim(users, claim)
    throw error
  }
}

async function confirmed(users: Users, claim: Claim, inserted: InsertIdentityResult): Promise<InsertIdentityResult> {
  if (await isStillClaimed(users, claim)) return inserted
  await removeStored(users, claim)
  return { outcome: 'conflict' }
}

async function removeStored(users: Users, { userId, token }: Claim): Promise<void> {
  await users.change(userId, async ({ identities }) => {
    const others = identities.filter(({ claim }) => claim !== token)
    return { write: { set: identitiesSet(users, others), result: () => null } }
  })
}

async function deleteIdentity(users: Users, id: Identity['id'], userId: UserId): Promise<DeleteIdentityResult> {
  let removed: StoredIdentity | undefined
  const result = await users.change<DeleteIdentityResult>(userId, async ({ identities, user }) => {
    removed = identities.find(({ identity }) => identity.id === id)
    if (removed === undefined) return { result: 'missed' }
    if (user.passwordHash === null && identities.length === 1) return { result: 'last-way-in' }
    const others = identities.filter((one) => one !== removed)
    return { write: { set: identitiesSet(users, others), result: () => 'deleted' } }
  })
  if (result === 'deleted' && removed) await releaseClaim(users, { digest: removed.digest, token: removed.claim })
  return result ?? 'missed'
}

async function noteLogin(users: Users, id: Identity['id'], changes: IdentityLogin): Promise<void> {
  const { identities } = users.model.naming.fields
  const owner = await users.documents.findOne({
    [`${users.documents.names.identities}.${identities.id}`]: equals(id),
    ...isThere(users),
  })
  if (owner === null) return
  await users.change(users.reader.user(owner).id, async (state) => {
    const updated = state.identities.map((stored) =>
      stored.identity.id === id ? { ...stored, identity: { ...stored.identity, ...changes } } : stored,
    )
    return { write: { set: identitiesSet(users, updated), result: () => null } }
  })
}

async function newStored(users: Users, identity: NewIdentity, claim: Claim): Promise<StoredIdentity> {
  const id = await nextNumber(users.db, 'identities')
  const stored = { ...identity, id, userId: claim.userId }
  return { identity: stored, digest: claim.digest, claim: claim.token }
}

const identitiesSet = ({ documents, model }: Users, identities: readonly StoredIdentity[]) =>
  documentOf(documents.names, { identities: identityDocuments(model.naming, identities) })
