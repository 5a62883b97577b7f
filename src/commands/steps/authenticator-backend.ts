import type { AuthenticationBackend, Authenticator } from '../../contracts/authentication-backend.ts'
import type { Engine } from '../context.ts'

/**
 * An authenticator as the gate asks it. What was typed names the same users as for the configured backends, so that wrong
 * guesses are counted in one place, whichever way they come.
 */
export function authenticatorBackend(
  { config, store }: Pick<Engine, 'config' | 'store'>,
  authenticator: Authenticator,
): AuthenticationBackend {
  return {
    name: authenticator.name,
    candidates: (identifier, { users, canonical }) =>
      users.findByIdentifier(canonical(identifier), config.login.identifiers, 1),
    async authenticate(_credentials, _candidates, tools) {
      const proven = await authenticator.authenticate(tools)
      const user = proven === null ? null : await store.users.findById(proven.id)
      if (proven === null || user === null) return { outcome: 'unproven' }
      return { outcome: 'proven', user, backend: proven.backend ?? authenticator.name }
    },
  }
}
