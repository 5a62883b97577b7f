import type { AuthenticationBackend } from '../contracts/authentication-backend.ts'

export interface PasswordBackendOptions {
  /** What may be typed, in order of preference. */
  readonly identifiers: readonly ('username' | 'email')[]
}

/**
 * Recognises a user by user name or address and password.
 *
 * An identifier belongs to at most one user, the owner of the name before the owner of the address, and exactly one
 * hash is evaluated whether or not there is such a user.
 */
export function passwordBackend({ identifiers }: PasswordBackendOptions): AuthenticationBackend {
  return {
    name: 'password',
    candidates: (identifier, { users, canonical }) => users.findByIdentifier(canonical(identifier), identifiers, 1),
    async authenticate({ password }, [user], { verifyPassword }) {
      const isRight = await verifyPassword(password, user?.passwordHash ?? null)
      return user !== undefined && isRight ? { outcome: 'proven', user } : { outcome: 'unproven' }
    },
  }
}
