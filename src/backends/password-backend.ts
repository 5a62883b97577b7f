import type { AuthenticationBackend } from '../contracts/authentication-backend.ts'
import type { User } from '../model/user.ts'
import {
  type PasswordBackendOptions,
  type PasswordBackendSettings,
  readPasswordBackendOptions,
} from './password-backend-options.ts'
import { fieldValueOf, passwordCandidates } from './password-candidates.ts'

/**
 * Recognises a user by user name, address or a field of the application's own, and password.
 *
 * However many kinds of identifier it takes, one attempt evaluates one hash (or `maxCandidates`), whether or not there is
 * such a user. Where an identifier could mean two users, the order of `identifiers` decides.
 *
 * @throws {TypeError} for options that are wrong
 *
 * @example
 * const byNumberOrName = passwordBackend({ identifiers: [{ field: 'phone' }, 'username'] })
 */
export function passwordBackend(options: PasswordBackendOptions): AuthenticationBackend {
  const settings = readPasswordBackendOptions(options)
  const { name, identifiers, maxCandidates } = settings
  return {
    name,
    identifiers: identifiers.map((identifier) => (typeof identifier === 'string' ? identifier : identifier.field)),
    evaluations: maxCandidates,
    countedAs: (typed) => countedAs(settings, typed),
    candidates: (typed, tools) => passwordCandidates(settings, typed, tools),
    async authenticate({ password }, candidates, { verifyPassword }) {
      const fitting: User[] = []
      // One after the other, to the end: as much work whoever it is, and however many there are.
      for (let index = 0; index < maxCandidates; index += 1) {
        const user = candidates[index]
        const isRight = await verifyPassword(password, user?.passwordHash ?? null)
        if (user !== undefined && isRight) fitting.push(user)
      }
      const [user, ...others] = fitting
      return user !== undefined && others.length === 0 ? { outcome: 'proven', user } : { outcome: 'unproven' }
    },
  }
}

function countedAs({ identifiers }: PasswordBackendSettings, typed: string): string | null {
  for (const identifier of identifiers) {
    const value = typeof identifier === 'string' ? null : fieldValueOf(identifier, typed)
    if (value !== null) return value
  }
  return null
}
