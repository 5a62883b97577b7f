import type { Session } from './session.ts'
import type { User } from './user.ts'

/** A user as applications, listeners and hooks see one: without what must never reach an answer or a log. */
export type Account = Omit<User, 'passwordHash' | 'sessionEpoch'>

/** A session without the digest of its secret. */
export type SessionInfo = Omit<Session, 'digest'>

const SECRET_KEYS: ReadonlySet<string> = new Set(['passwordHash', 'sessionEpoch', 'digest', 'sealedTokens'])

/** What the application declared, or a provider told, is its own, whatever it is called. */
const OWN_KEYS: ReadonlySet<string> = new Set(['fields', 'profiles', 'extraData'])

/** The user as hooks see one. */
export function toAccount({ passwordHash: _hash, sessionEpoch: _epoch, ...account }: User): Account {
  return account
}

/**
 * A copy of what a command gives, at any depth without the columns that stay inside, but with all that the application declared itself. Moments and bytes are kept as
 * they are.
 */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value
  const kept = Object.entries(value).filter(([key]) => !SECRET_KEYS.has(key))
  return Object.fromEntries(kept.map(([key, part]) => [key, OWN_KEYS.has(key) ? part : withoutSecrets(part)]))
}
