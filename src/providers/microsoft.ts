import type { IdentityProviderFactory } from '../contracts/identity-provider.ts'
import { IdentityProviderError } from '../contracts/identity-provider-error.ts'
import type { Answer } from './answers.ts'
import { oidcProvider } from './oidc-core.ts'
import type { OidcClientOptions } from './oidc-options.ts'
import { type ProfileFacts, pick } from './profile.ts'
import { readStandardClaims } from './standard-claims.ts'

export interface MicrosoftOptions extends Omit<OidcClientOptions, 'issuer'> {
  /**
   * The id of a tenant, `organizations`, `consumers`, or `common` for all of them. @default 'common'
   */
  readonly tenant?: string
  /** Of `common` and `organizations`, only these tenants, by their ids. @default all */
  readonly allowedTenants?: readonly string[]
  /** Another cloud, or another place for tests. @default 'https://login.microsoftonline.com' */
  readonly authority?: string
}

/**
 * Log-in with Microsoft (Entra ID and personal accounts), by OpenID Connect. The API way takes `idToken` and `code`.
 *
 * Each tenant is an issuer of its own, so the subject names the tenant, too: `<tenant>:<sub>`.
 *
 * Whoever runs a tenant can write any address into the claim `email`. It counts as proven only where the optional claim
 * `xms_edov` is `true`: "Optional claims reference" has it as whether the owner of the address's domain was verified.
 */
export function microsoft(options: MicrosoftOptions): IdentityProviderFactory {
  const { tenant = 'common', allowedTenants, authority = 'https://login.microsoftonline.com', ...client } = options
  const tenantId = tenant === 'consumers' ? PERSONAL_TENANT : tenant.toLowerCase()
  const isShared = tenantId === 'common' || tenantId === 'organizations'
  if (!isShared && !TENANT_ID.test(tenantId)) {
    throw new TypeError('microsoft({ tenant }) must be common, organizations, consumers, or the id of a tenant')
  }
  const template = `${authority}/${isShared ? '{tenantid}' : tenantId}/v2.0`
  const mayBe = (id: string): boolean => {
    if (!isShared) return id === tenantId
    if (tenantId === 'organizations' && id === PERSONAL_TENANT) return false
    return allowedTenants === undefined || allowedTenants.some((allowed) => allowed.toLowerCase() === id)
  }
  return oidcProvider(
    { name: 'microsoft', title: 'Microsoft', ...client, issuer: template },
    {
      usesPkce: true,
      usesNonce: true,
      readClaims,
      ...(URL.canParse(authority) ? { discovery: new URL(`${authority}/${tenant}/v2.0`) } : {}),
      // Claims that are not checked yet choose the issuer; the check that follows is of the issuer's signature.
      issuerOf: (claims) => template.replace('{tenantid}', tenantOf(claims)),
      mayEnter: (claims) => mayBe(tenantOf(claims)),
    },
  )
}

/** The tenant of all personal accounts, as "ID token claims reference" names it. */
const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad'

const TENANT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function tenantOf({ tid }: Answer): string {
  if (typeof tid !== 'string' || !TENANT_ID.test(tid)) {
    throw new IdentityProviderError('malformed_answer', 'no_tenant')
  }
  return tid
}

function readClaims(claims: Answer): ProfileFacts {
  const facts = readStandardClaims(claims)
  return {
    ...facts,
    subject: `${tenantOf(claims)}:${String(claims['sub'])}`,
    emailVerified: claims['xms_edov'],
    extra: { ...facts.extra, ...pick(claims, ['tid', 'oid']) },
  }
}
