import type { JsonValue } from './field.ts'
import type { User, UserId } from './user.ts'

/** Who somebody is at a provider. Both parts are compared byte for byte. */
export interface IdentityKey {
  /** The provider's name here. */
  readonly provider: string
  /** The provider's own, lasting name for the person. */
  readonly subject: string
}

/** The link of a user to a provider: whom the provider proves to be this subject may come in as this user. */
export interface Identity extends IdentityKey {
  /** From a sequence that never gives one out twice. */
  readonly id: number
  readonly userId: UserId
  readonly createdAt: Date
  /** When somebody last came in by it; the moment of connecting until then. */
  readonly lastLoginAt: Date
  /** The address that the provider told when the two were linked, proven or not. Nobody is ever looked up by it. */
  readonly email: string | null
  /** What the provider told of the profile, at the latest log-in. */
  readonly extraData: Readonly<Record<string, JsonValue>>
  /** What calls the provider on the user's behalf, encrypted; `null` where it is not kept. */
  readonly sealedTokens: Uint8Array | null
}

/** What a store needs for a new identity. */
export type NewIdentity = Omit<Identity, 'id' | 'userId'>

/** An identity as applications, listeners and the user see it. */
export type IdentityInfo = Omit<Identity, 'sealedTokens'>

/** An identity together with its user, read in one statement. */
export interface KnownIdentity {
  readonly identity: Identity
  readonly user: User
}

/** The identity as it may be shown. */
export function toIdentityInfo({ sealedTokens: _sealed, ...info }: Identity): IdentityInfo {
  return info
}
