import type { Carrier } from '../../model/session.ts'

/** The forms of tokens that clients of this API may choose; the others belong to clients of other vocabularies. */
export type OfferedCarrier = Extract<Carrier, 'cookie' | 'token' | 'jwt'>

/** The bodies that are read, as their readers get them. Declared fields and profiles lie beside a user's own. */
export interface Bodies {
  /** Whether there are user names at all is the site's to say. */
  readonly register: Omit<RegistrationBody, 'username'> & Readonly<Record<string, unknown>>
  readonly profile: ProfileBody & Readonly<Record<string, unknown>>
  readonly login: { readonly identifier: string; readonly password: string; readonly carrier?: OfferedCarrier }
  readonly code: { readonly code: string }
  readonly email: { readonly email: string }
  readonly currentPassword: { readonly currentPassword: string }
  readonly passwordChange: { readonly currentPassword: string; readonly newPassword: string }
  readonly passwordReset: { readonly code: string; readonly newPassword: string }
  readonly emailChange: { readonly newEmail: string; readonly currentPassword: string }
  readonly usernameChange: { readonly newUsername: string; readonly currentPassword: string }
  readonly refresh: { readonly refreshToken: string }
  readonly socialLogin: SocialProof & { readonly carrier?: OfferedCarrier } & Readonly<Record<string, unknown>>
  readonly socialProof: SocialProof
  readonly socialBegin: { readonly next?: string; readonly challenge?: string }
  readonly connectBegin: { readonly next?: string }
  readonly handover: { readonly code: string; readonly verifier: string; readonly carrier?: OfferedCarrier }
}

/** Who wants to register. Which of the names must be there is the site's to say. */
export interface RegistrationBody extends ProfileBody {
  readonly username?: string | null | undefined
  readonly email?: string | null | undefined
  readonly password: string
}

export interface ProfileBody {
  readonly firstName?: string | undefined
  readonly lastName?: string | undefined
}

/** What a client got from a provider. */
export interface SocialProof {
  readonly accessToken?: string
  readonly code?: string
  readonly idToken?: string
  readonly tokenSecret?: string
  readonly codeVerifier?: string
  readonly nonce?: string
}
