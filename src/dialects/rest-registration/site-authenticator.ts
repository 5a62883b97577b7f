import type { LoginInput } from '../../commands/login.ts'
import type { WireValues } from '../drf/field-set.ts'
import type { LoginAuthenticator } from './options.ts'
import type { RestRegistrationSettings } from './settings.ts'
import { UserNotFoundError } from './user-not-found.ts'

type Authenticator = NonNullable<LoginInput['authenticator']>

/** The site's own way to prove whoever sent these values, as the gate asks it. */
export function siteAuthenticator(
  { name, loginDefaultSessionAuthenticationBackend: backend }: RestRegistrationSettings,
  authenticate: LoginAuthenticator,
  values: WireValues,
): Authenticator {
  return {
    name: backend ?? name,
    async authenticate() {
      try {
        return await authenticate(values)
      } catch (error) {
        if (error instanceof UserNotFoundError) return null
        throw error
      }
    },
  }
}
