import type { IdentityProviderFactory } from '../contracts/identity-provider.ts'
import { IdentityProviderError } from '../contracts/identity-provider-error.ts'
import { type Answer, asObject, readProtected } from './answers.ts'
import { type OAuth2Client, type OAuth2ClientOptions, oauth2Provider } from './oauth2-core.ts'
import { type ProfileFacts, pick, splitName } from './profile.ts'
import { headerText } from './tokens.ts'

export interface DiscordOptions extends Pick<OAuth2ClientOptions, 'clientId' | 'clientSecret' | 'parameters'> {
  /** @default 'discord' */
  readonly name?: string
  /** @default 'Discord' */
  readonly title?: string
  /** @default ['identify', 'email'] */
  readonly scopes?: readonly string[]
  /** @default 'https://discord.com' */
  readonly host?: string
}

/**
 * Log-in with Discord, by OAuth 2. The API way takes `code`, and an `accessToken` that "Get Current Authorization
 * Information" says was issued to this application.
 *
 * An address counts as proven where `verified` is `true`, which the "User object" has as whether the e-mail on the account
 * has been verified.
 */
export function discord(options: DiscordOptions): IdentityProviderFactory {
  const { host = 'https://discord.com', scopes = ['identify', 'email'], ...client } = options
  const api = `${host}/api/v10`
  return oauth2Provider(
    { name: 'discord', title: 'Discord', ...client, scopes },
    {
      usesPkce: true,
      secretIn: 'form',
      endpoints: { authorization: `${host}/oauth2/authorize`, token: `${host}/api/oauth2/token`, host },
      async readProfile(accessToken, oauth) {
        return readUser(await ask(`${api}/users/@me`, accessToken, oauth))
      },
      async assertAudience(accessToken, oauth) {
        const { application } = await ask(`${api}/oauth2/@me`, accessToken, oauth)
        if (asObject(application)?.['id'] === options.clientId) return
        throw new IdentityProviderError('wrong_audience', 'access_token')
      },
    },
  )
}

async function ask(url: string, accessToken: string, { tools }: OAuth2Client): Promise<Answer> {
  return readProtected(await tools.fetch(url, { headers: { authorization: `Bearer ${headerText(accessToken)}` } }))
}

function readUser(user: Answer): ProfileFacts {
  return {
    ...splitName(user['global_name']),
    subject: user['id'],
    email: user['email'],
    emailVerified: user['verified'],
    usernameHint: user['username'],
    extra: pick(user, ['id', 'username', 'global_name', 'avatar', 'locale']),
  }
}
