import { canonicalIdentifier } from '../../model/identifier.ts'
import type { User } from '../../model/user.ts'
import { toBase64Url } from '../../util/base64url.ts'
import { sha256 } from '../../util/secrets.ts'
import type { CommandContext } from '../context.ts'
import type { CountedKey } from './guess-slots.ts'
import { knownDeviceOf } from './known-device.ts'

/** Begins the keys of identifiers that nobody may have; only these are capped when they become too many. */
export const IDENTIFIER_KEY_PREFIX = 'lock:identifier:'

interface Meant {
  /** `null` where the user of a session confirms something. */
  readonly identifier: string | null
  readonly candidates: readonly { readonly users: readonly User[] }[]
}

/**
 * Under what a guess is counted: each user it could prove, what was typed, and where it comes from.
 *
 * What was typed counts also for names that nobody has, so that a lock does not tell which exist. A device that this
 * user has logged in from has a count of its own instead, so that strangers cannot keep the owner out.
 */
export function countedKeys(ctx: CommandContext, meant: Meant): readonly CountedKey[] {
  const users = distinct(meant.candidates.flatMap((candidate) => candidate.users))
  // Where nobody knows the source there is no lock of the source: it would be one of everybody. Users and names are
  // counted all the same, and so is the rate.
  const address: readonly CountedKey[] =
    ctx.request.address === null ? [] : [{ key: addressLockKey(ctx.request.addressBucket), kind: 'address' }]
  const [only] = users
  const deviceId = users.length === 1 && only !== undefined ? knownDeviceOf(ctx, only, ctx.request.deviceToken) : null
  if (only !== undefined && deviceId !== null) {
    // Not under its address either: it has proven itself, and its neighbours' guesses are not its own.
    return [{ key: `lock:device:${only.id}:${deviceId}`, kind: 'device' }]
  }
  const byUser = users.map((user): CountedKey => ({ key: userKey(user), kind: 'user' }))
  if (meant.identifier === null) return [...byUser, ...address]
  // As many keys for a name that nobody has as for one that somebody has: the same work, the same time.
  const standIn: CountedKey[] =
    byUser.length > 0 ? byUser : [{ key: identifierKey(meant.identifier, 'nobody'), kind: 'user' }]
  return [...standIn, { key: identifierKey(meant.identifier, 'typed'), kind: 'identifier' }, ...address]
}

/** Every key that a success, a reset or an operator clears for the user; a name may be an address, too. */
export function lockKeysOf(user: User): readonly string[] {
  const identifiers = [user.username, user.email].filter((text) => text !== null)
  return [...new Set([userKey(user), ...identifiers.map((identifier) => identifierKey(identifier, 'typed'))])]
}

/** The keys of something that was typed, whether or not anybody has it. */
export function lockKeysOfIdentifier(identifier: string): readonly string[] {
  return [identifierKey(identifier, 'typed'), identifierKey(identifier, 'nobody')]
}

/** Under what all guesses of one source are counted. */
export const addressLockKey = (addressBucket: string): string => `lock:address:${addressBucket}`

const userKey = (user: User): string => `lock:user:${user.id}`

/** A digest, so that a key has a bounded length and the table holds no list of what people mistyped. */
function identifierKey(identifier: string, role: 'typed' | 'nobody'): string {
  return `${IDENTIFIER_KEY_PREFIX}${role}:${toBase64Url(sha256(canonicalIdentifier(identifier)).subarray(0, 18))}`
}

function distinct(users: readonly User[]): readonly User[] {
  return [...new Map(users.map((user) => [user.id, user])).values()]
}
