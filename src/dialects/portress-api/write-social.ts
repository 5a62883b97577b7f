import type { BegunSocialLogin } from '../../commands/begin-social-login.ts'
import type { ListedProvider } from '../../commands/list-providers.ts'
import { socialCookie } from '../../http/social-cookie.ts'
import type { IdentityInfo } from '../../model/identity.ts'
import { answer } from './answer.ts'
import type { Writer } from './endpoint.ts'
import { writeIdentity } from './wire.ts'

export const providerList: Writer<readonly ListedProvider[]> = answer('ProviderList', (providers) => ({
  providers: providers.map(({ name, title }) => ({ name, title })),
}))

/** What the callback needs is in the cookie alone, where no script reads it. */
export const socialBegun: Writer<BegunSocialLogin> = answer(
  'SocialBegun',
  ({ url, expiresAt }) => ({ url, expiresAt }),
  {
    cookies: (begun, exchange) => [socialCookie(exchange, begun)],
  },
)

export const identityList: Writer<readonly IdentityInfo[]> = answer('IdentityList', (identities) => ({
  identities: identities.map(writeIdentity),
}))

export const connected: Writer<IdentityInfo> = answer('IdentityAnswer', (identity) => ({
  identity: writeIdentity(identity),
}))
