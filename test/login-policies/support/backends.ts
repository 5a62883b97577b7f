import { passwordBackend } from '../../../src/backends/password-backend.ts'
import type { AuthenticationBackend, Credentials } from '../../../src/contracts/authentication-backend.ts'
import { openSite, type Site, type SiteOptions } from '../../security/support/open-site.ts'

/** Knows people by one kind of identifier each. */
export const byName = passwordBackend({ name: 'names', identifiers: ['username'] })

export const byAddress = passwordBackend({ name: 'addresses', identifiers: ['email'] })

/** Nobody is locked by what is tried here. */
export const patient = { maxFailures: 1000 } as const

/** A site with these backends in this order. */
export function siteWith(backends: readonly AuthenticationBackend[], options: SiteOptions = {}): Promise<Site> {
  const { login, ...others } = options
  return openSite({ lockout: patient, ...others, login: { emailMustBeVerified: false, ...login, backends } })
}

/** What a backend was asked. */
type Call = Pick<Credentials, 'identifier' | 'password'>

/** A backend that notes what it is asked, and always judges alike. */
export function judging(
  outcome: 'unproven' | 'refused',
  name = 'judge',
): AuthenticationBackend & { readonly calls: readonly Call[] } {
  const calls: Call[] = []
  return {
    name,
    calls,
    candidates: async () => [],
    async authenticate({ identifier, password }, _, { verifyPassword }) {
      calls.push({ identifier, password })
      await verifyPassword(password, null)
      return { outcome }
    },
  }
}
