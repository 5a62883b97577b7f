import type { LockoutKey } from '../../config/options.ts'
import {
  addressPart,
  agentPart,
  devicePart,
  identifierPart,
  type LockPart,
  lockKey,
  nobodyPart,
  userPart,
} from '../../model/lock-key.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext, Engine } from '../context.ts'
import { countedIdentifier, countedIdentifiersOf } from './counted-identifier.ts'
import type { CountedKey } from './guess-slots.ts'
import { knownDeviceOf } from './known-device.ts'
import { type Named, withoutNeverLocked } from './lockout-lists.ts'

export interface Meant {
  /** `null` where the user of a session confirms something. */
  readonly identifier: string | null
  readonly candidates: readonly { readonly users: readonly User[] }[]
}

/**
 * Under what a guess is counted: as configured each user it could prove, what was typed, and where it comes from.
 *
 * What was typed counts also for names that nobody has, so that a lock does not tell which exist. A device that this
 * user has logged in from has a count of its own instead, so that strangers cannot keep the owner out. Whoever is never
 * locked is counted nowhere.
 */
export function countedKeys(ctx: CommandContext, meant: Meant): readonly CountedKey[] {
  const all = namedBy(meant)
  const named = withoutNeverLocked(ctx, all)
  if (named === null) return []
  const { users } = named
  const [only] = users
  const deviceId = users.length === 1 && only !== undefined ? knownDeviceOf(ctx, only, ctx.request.deviceToken) : null
  if (only !== undefined && deviceId !== null) {
    // Not under its address either: it has proven itself, and its neighbours' guesses are not its own.
    return [{ key: lockKey([devicePart(only.id, deviceId)]), kind: 'device', userId: only.id }]
  }
  const keys = keysFor(ctx, named)
  // Guesses at the others must keep nobody out who is never locked: not by what both are called, nor by the source.
  return users.length < all.users.length ? keys.filter(({ userId }) => userId !== undefined) : keys
}

/** Whom a guess is about, each user once. */
export function namedBy({ identifier, candidates }: Meant): Named {
  const users = candidates.flatMap((candidate) => candidate.users)
  return { identifier, users: [...new Map(users.map((user) => [user.id, user])).values()] }
}

/**
 * What a success of the user clears, from where the request comes: counts of the user under every name they have. An address
 * that they only claim is not theirs: guesses at it are guesses at others.
 */
export function forgivenKeys(ctx: CommandContext, user: User): readonly string[] {
  const named = isOnlyClaimed(ctx, user) ? { ...user, email: null } : user
  const keys = countedIdentifiersOf(ctx, named).flatMap((identifier) => keysFor(ctx, { identifier, users: [user] }))
  return [...new Set(keys.flatMap(({ key, kind }) => (kind === 'address' ? [] : [key])))]
}

const isOnlyClaimed = ({ config }: CommandContext, { emailVerifiedAt }: User): boolean =>
  config.user.emailUnique === 'once-proven' && emailVerifiedAt === null

/** What a reset or an operator clears for the user; a name may be an address, too. What narrows these down goes as well. */
export function lockKeysOf(engine: Pick<Engine, 'backends'>, user: User): readonly string[] {
  const names = countedIdentifiersOf(engine, user)
  return [lockKey([userPart(user.id)]), ...new Set(names.map((name) => lockKey([identifierPart(name)])))]
}

/** The keys of something that was typed, whether or not anybody has it. */
export function lockKeysOfIdentifier(engine: Pick<Engine, 'backends'>, identifier: string): readonly string[] {
  const name = countedIdentifier(engine, identifier)
  return [lockKey([identifierPart(name)]), lockKey([nobodyPart(name)])]
}

/** Under what all guesses of one source are counted. */
export const addressLockKey = (addressBucket: string): string => lockKey([addressPart(addressBucket)])

function keysFor(ctx: CommandContext, named: Named): readonly CountedKey[] {
  const keys = ctx.config.lockout.keys.flatMap((parts) => keysOf(ctx, parts, named))
  return [...new Map(keys.map((key) => [key.key, key])).values()]
}

/** The keys of one configured count: one for each user that the guess could prove. */
function keysOf(ctx: CommandContext, parts: readonly LockoutKey[], named: Named): readonly CountedKey[] {
  const kind = kindOf(parts, named)
  // Where nobody knows the source there is no lock of the source: it would be one of everybody. Of a user it is one for
  // all whose source is unknown, so that a missing address is no way around it.
  if (kind === 'address' && ctx.request.address === null) return []
  const narrowing = narrowingParts(ctx, parts)
  const typed = named.identifier !== null && parts.includes('identifier') ? [identifierPart(named.identifier)] : []
  const isNarrow = kind !== 'address' && narrowing.length > 0
  if (kind !== 'user') return [{ key: lockKey([...typed, ...narrowing]), kind, isNarrow }]
  return ownersOf(named).map(({ part, ...owner }) => ({
    key: lockKey([part, ...typed, ...narrowing]),
    kind,
    isNarrow,
    ...owner,
  }))
}

/** What a count is about in the first place; the rest narrows it down. */
function kindOf(parts: readonly LockoutKey[], { identifier }: Named): 'user' | 'identifier' | 'address' {
  if (parts.includes('user')) return 'user'
  if (!parts.includes('identifier')) return 'address'
  // Nothing was typed where the user of a session confirms something: that user is who is meant.
  return identifier === null ? 'user' : 'identifier'
}

function narrowingParts({ request }: CommandContext, parts: readonly LockoutKey[]): readonly LockPart[] {
  return [
    ...(parts.includes('address') ? [addressPart(request.addressBucket)] : []),
    ...(parts.includes('agent') ? [agentPart(request.userAgent)] : []),
  ]
}

type Owner = Pick<CountedKey, 'userId'> & { readonly part: LockPart }

/** As many for a name that nobody has as for one that somebody has: the same work, the same time. */
function ownersOf({ identifier, users }: Named): readonly Owner[] {
  if (users.length > 0) return users.map(({ id }) => ({ part: userPart(id), userId: id }))
  return identifier === null ? [] : [{ part: nobodyPart(identifier) }]
}
