import { toBase64Url } from '../util/base64url.ts'
import { sha256 } from '../util/secrets.ts'
import { canonicalIdentifier } from './identifier.ts'
import type { UserId } from './user.ts'

/**
 * The texts under which guesses are counted: what a count is about, and behind each `+` what narrows it down. What was
 * typed is a digest in them, so that a key has a bounded length and the table holds no list of what people mistyped.
 */

/** One part of a key. */
export type LockPart = string

/** Begins every key of the lockout. */
export const LOCK_PREFIX = 'lock:'

/** Begins the keys of identifiers that nobody may have; only these are capped when they become too many. */
export const IDENTIFIER_KEY_PREFIX = 'lock:identifier:'

export const lockKey = (parts: readonly LockPart[]): string => LOCK_PREFIX + parts.join('+')

/** Begins the keys that narrow this one down. */
export const narrowerKeys = (key: string): string => `${key}+`

export const userPart = (id: UserId): LockPart => `user:${id}`

/** Stands in for the user where nobody has the name. */
export const nobodyPart = (identifier: string): LockPart => `identifier:nobody:${digestOfName(identifier)}`

export const identifierPart = (identifier: string): LockPart => `identifier:typed:${digestOfName(identifier)}`

export const addressPart = (addressBucket: string): LockPart => `address:${addressBucket}`

export const agentPart = (userAgent: string | null): LockPart => `agent:${digest(userAgent ?? '')}`

export const devicePart = (id: UserId, deviceId: string): LockPart => `device:${id}:${deviceId}`

/** Begins the keys of all devices that the user has logged in from. */
export const deviceKeys = (id: UserId): string => `${LOCK_PREFIX}device:${id}:`

const digestOfName = (identifier: string): string => digest(canonicalIdentifier(identifier))

const digest = (text: string): string => toBase64Url(sha256(text).subarray(0, 18))

/** What a key says of a lock. */
export interface LockSubject {
  /** `identifier`: something that was typed, known only by its digest. `device`: one of the user's own. */
  readonly kind: 'user' | 'identifier' | 'address' | 'device'
  readonly userId: UserId | null
  /** The source: an IPv4 address, or the /64 of an IPv6 address. `null`: a lock for all of them. */
  readonly address: string | null
}

/** A lock that holds now. */
export interface LockInfo extends LockSubject {
  /** Names the lock; opaque. */
  readonly id: string
  /** `null`: it does not end by itself. */
  readonly until: Date | null
}

/** Reads a key again; `null` for what is none of the lockout. */
export function readLockKey(key: string, ids: 'integer' | 'uuid'): LockSubject | null {
  if (!key.startsWith(LOCK_PREFIX)) return null
  const parts = key.slice(LOCK_PREFIX.length).split('+')
  const partAfter = (name: string): string | null =>
    parts.find((part) => part.startsWith(`${name}:`))?.slice(name.length + 1) ?? null
  const kind = KINDS.find((name) => partAfter(name) !== null)
  if (kind === undefined) return null
  // A device's key has the user's id in front of its own, which never holds a colon.
  const owner = partAfter('user') ?? partAfter('device')?.split(':')[0] ?? null
  const userId = owner === null || ids === 'uuid' ? owner : Number(owner)
  return { kind, userId, address: partAfter('address') }
}

const KINDS = ['user', 'device', 'identifier', 'address'] as const
