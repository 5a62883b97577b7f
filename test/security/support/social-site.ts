import type { JWTPayload } from 'jose'
import type { SociallyLoggedIn } from '../../../src/auth.ts'
import type { IdentityProviderFactory } from '../../../src/contracts/identity-provider.ts'
import type { FieldDefinitions } from '../../../src/model/field.ts'
import { openIdConnect } from '../../../src/providers/oidc.ts'
import { refusalOf } from '../../support/accounts.ts'
import type { StubIssuer } from '../../support/stub-issuer.ts'
import { openSite, type Site, type SiteOptions } from './open-site.ts'

/** The name of the one provider. */
export const PROVIDER = 'acme'

export interface SocialSite extends Site {
  /** Sends an ID token of the issuer with these claims, as an application on a telephone does. */
  enter(claims: JWTPayload): Promise<SociallyLoggedIn<FieldDefinitions>>
  /** Why somebody with these claims is refused; `null` where they are let in. */
  tryToEnter(claims: JWTPayload): Promise<string | null>
  /** Whose account a person of the provider comes into, if anybody's. */
  ownerOf(subject: string): Promise<number | string | null>
}

export interface SocialSiteOptions extends SiteOptions {
  readonly wrapProvider?: (factory: IdentityProviderFactory) => IdentityProviderFactory
}

/** A site with a local issuer whose signatures are real and whose claims are the test's. It is trusted with addresses. */
export async function socialSite(
  issuer: StubIssuer,
  { wrapProvider = (factory) => factory, ...options }: SocialSiteOptions = {},
): Promise<SocialSite> {
  issuer.serve()
  const factory = openIdConnect({
    name: PROVIDER,
    title: 'Acme ID',
    issuer: issuer.server.origin,
    clientId: 'shop',
    clientSecret: 'sesame',
    trustsEmailVerified: true,
  })
  const social = { ...options.social, providers: [wrapProvider(factory)] }
  const site = await openSite({ environment: 'development', ...options, social })
  await site.auth.migrate()
  const enter: SocialSite['enter'] = async (claims) =>
    site.auth.socialLogin({ provider: PROVIDER, idToken: await issuer.idToken(claims) })
  return {
    ...site,
    enter,
    tryToEnter: (claims) => refusalOf(enter(claims)),
    ownerOf: async (subject) => (await site.store.identities.find({ provider: PROVIDER, subject }))?.user.id ?? null,
  }
}
