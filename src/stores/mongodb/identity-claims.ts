import { setTimeout as sleep } from 'node:timers/promises'
import type { IdentityKey } from '../../model/identity.ts'
import type { UserId } from '../../model/user.ts'
import { toBase64Url } from '../../util/base64url.ts'
import { sha256 } from '../../util/secrets.ts'
import { documentOf } from './documents.ts'
import type { MongoDocument } from './mongo-driver.ts'
import { isDuplicateKey } from './mongo-errors.ts'
import { stillnessMeter } from './stillness.ts'
import { newToken } from './tokens.ts'
import type { StoredIdentity, UserState } from './user-documents.ts'
import type { Users } from './users.ts'
import { equals, id, keepableText, text } from './values.ts'

/**
 * Identities lie in the documents of their users, and no index keeps two users from having the same one: that is what claims
 * are for, whose `_id` is the identity. A claim comes first, the user's document second, and only both together count:
 * a claim whose user does not name it is being made good right now, or was left behind.
 */
export interface Claim {
  readonly digest: string
  readonly token: string
  readonly userId: UserId
}

/** As a list in JSON, so that no two pairs read the same. */
export const digestOf = ({ provider, subject }: IdentityKey): string =>
  toBase64Url(sha256(JSON.stringify([keepableText(provider), keepableText(subject)])))

export async function findClaim(users: Users, digest: string): Promise<Claim | null> {
  const claims = users.db.documents('identityClaims')
  const doc = await claims.findOne({ _id: equals(digest) })
  return doc === null ? null : readClaim(users, doc)
}

/** The identity that the claim stands for, with its user, if the user's document names it. */
export async function findClaimed(
  users: Users,
  claim: Claim,
): Promise<{ readonly state: UserState; readonly stored: StoredIdentity } | null> {
  const state = await users.findState(claim.userId)
  const stored = state?.identities.find((one) => one.digest === claim.digest && one.claim === claim.token)
  return state && stored ? { state, stored } : null
}

/** `null`: somebody has the identity. */
export async function claimIdentity(users: Users, digest: string, userId: UserId): Promise<Claim | null> {
  const claims = users.db.documents('identityClaims')
  const claim = { digest, userId, token: newToken() }
  for (;;) {
    try {
      await claims.insert({ _id: digest, ...documentOf(claims.names, { userId, token: claim.token }) })
      return claim
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
    }
    const other = await findClaim(users, digest)
    if (other !== null && (await willCount(users, other))) return null
    if (other !== null) await releaseClaim(users, other)
  }
}

/** Tells whether it is still this one that is claimed by: whoever stood still for long may have lost it. */
export async function isStillClaimed(users: Users, { digest, token }: Claim): Promise<boolean> {
  return (await findClaim(users, digest))?.token === token
}

export async function releaseClaim({ db }: Users, { digest, token }: Omit<Claim, 'userId'>): Promise<void> {
  const claims = db.documents('identityClaims')
  await claims.deleteMany({ _id: equals(digest), [claims.names.token]: equals(token) })
}

export async function releaseClaims(users: Users, identities: readonly StoredIdentity[]): Promise<void> {
  for (const { digest, claim } of identities) await releaseClaim(users, { digest, token: claim })
}

/** Waits for what is being made good. A claim that nobody makes good for that long was left behind by a crash. */
async function willCount(users: Users, claim: Claim): Promise<boolean> {
  const stillnessOf = stillnessMeter()
  while (stillnessOf(claim.token) < PATIENCE_MILLISECONDS) {
    if ((await findClaimed(users, claim)) !== null) return true
    if (!(await isStillClaimed(users, claim))) return false
    await sleep(STEP_MILLISECONDS)
  }
  return false
}

/** Making good takes a few trips to the server. */
const PATIENCE_MILLISECONDS = 1000

const STEP_MILLISECONDS = 10

function readClaim({ db }: Users, doc: MongoDocument): Claim {
  const { userId, token } = db.naming.fields.identityClaims
  return { digest: text(doc['_id']), userId: id(doc[userId]), token: text(doc[token]) }
}
