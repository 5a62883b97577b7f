import type { IdentityProviderFactory, ProvenIdentity } from '../contracts/identity-provider.ts'
import { IdentityProviderError } from '../contracts/identity-provider-error.ts'
import { asObject, readProtected } from './answers.ts'
import { checkOptions } from './check-options.ts'
import { beginOAuth1, callSigned, finishOAuth1, type OAuth1Client } from './oauth1.ts'
import type { OAuth1Secret } from './oauth1-signer.ts'
import { type OAuth2Client, oauth2Provider } from './oauth2-core.ts'
import { type ProfileFacts, pick, splitName, toIdentity } from './profile.ts'
import { bareToken, headerText } from './tokens.ts'

export interface TwitterOptions {
  /** @default 'twitter' */
  readonly name?: string
  /** @default 'X' */
  readonly title?: string
  /** The application's keys of OAuth 1.0a: "API key and secret". */
  readonly oauth1?: { readonly consumerKey: string; readonly consumerSecret: string }
  /** The application's keys of OAuth 2. With them the redirect way is by OAuth 2, without them by OAuth 1.0a. */
  readonly oauth2?: { readonly clientId: string; readonly clientSecret: string; readonly scopes?: readonly string[] }
  /** @default 'https://api.x.com' */
  readonly api?: string
  /** Where people consent by OAuth 2. @default 'https://x.com' */
  readonly host?: string
}

/**
 * Log-in with X, formerly Twitter, by OAuth 2 with PKCE, by OAuth 1.0a, or by both: whoever comes in is the same person.
 *
 * The API way takes `code` (OAuth 2), and `accessToken` with `tokenSecret` (OAuth 1.0a), which X takes from nobody but the
 * application that they were issued to, because that application's secret is in the signature. It takes no access token
 * of OAuth 2: X does not tell for whom one is.
 *
 * An address counts as proven. "GET account/verify_credentials" says that it is `null` unless the address is verified, and
 * the user field `confirmed_email` is the confirmed one.
 */
export function twitter(options: TwitterOptions): IdentityProviderFactory {
  return (tools) => {
    const { name = 'twitter', title = 'X', api = 'https://api.x.com', host = 'https://x.com', oauth1, oauth2 } = options
    const place = { name, title, api, host }
    const byFirst = oauth1 === undefined ? null : byOAuth1(place, oauth1)(tools)
    const bySecond = oauth2 === undefined ? null : byOAuth2(place, oauth2)(tools)
    const redirect = bySecond ?? byFirst
    if (redirect === null) throw new TypeError('twitter() needs the keys of oauth1, of oauth2, or of both')
    return {
      ...redirect,
      takesTokenSecret: byFirst !== null,
      async verify(proof) {
        const way = proof.tokenSecret === undefined ? bySecond : byFirst
        if (way === null) throw new IdentityProviderError('missing_input')
        return way.verify(proof)
      },
    }
  }
}

interface Place {
  readonly name: string
  readonly title: string
  readonly api: string
  readonly host: string
}

function byOAuth2(
  { name, title, api, host }: Place,
  { clientId, clientSecret, scopes = SCOPES }: NonNullable<TwitterOptions['oauth2']>,
): IdentityProviderFactory {
  return oauth2Provider(
    { name, title, clientId, clientSecret, scopes },
    {
      usesPkce: true,
      secretIn: 'header',
      endpoints: { authorization: `${host}/i/oauth2/authorize`, token: `${api}/2/oauth2/token`, api, host },
      readProfile: (accessToken, oauth) => readMe(api, accessToken, oauth),
    },
  )
}

const SCOPES = ['users.read', 'tweet.read', 'users.email']

async function readMe(api: string, accessToken: string, { tools }: OAuth2Client): Promise<ProfileFacts> {
  const headers = { authorization: `Bearer ${headerText(accessToken)}` }
  const answer = await readProtected(await tools.fetch(`${api}/2/users/me?user.fields=confirmed_email`, { headers }))
  const user = asObject(answer['data']) ?? {}
  return {
    ...splitName(user['name']),
    subject: user['id'],
    email: user['confirmed_email'],
    emailVerified: true,
    usernameHint: user['username'],
    extra: pick(user, ['id', 'name', 'username']),
  }
}

function byOAuth1(
  { name, title, api }: Place,
  { consumerKey, consumerSecret }: NonNullable<TwitterOptions['oauth1']>,
): IdentityProviderFactory {
  return (tools) => {
    const required = { consumerKey, consumerSecret }
    checkOptions({ name, title, required, addresses: { api }, parameters: undefined }, tools)
    const client: OAuth1Client = {
      consumer: { key: consumerKey, secret: consumerSecret },
      endpoints: {
        requestToken: `${api}/oauth/request_token`,
        authorization: `${api}/oauth/authenticate`,
        accessToken: `${api}/oauth/access_token`,
      },
      tools,
    }
    return {
      name,
      title,
      begin: (input) => beginOAuth1(client, input),
      finish: async (input) => readCredentials(api, await finishOAuth1(client, input), client),
      async verify({ accessToken, tokenSecret }) {
        if (accessToken === undefined || tokenSecret === undefined) throw new IdentityProviderError('missing_input')
        return readCredentials(api, { key: accessToken, secret: tokenSecret }, client)
      },
    }
  }
}

async function readCredentials(api: string, token: OAuth1Secret, client: OAuth1Client): Promise<ProvenIdentity> {
  const url = new URL(`${api}/1.1/account/verify_credentials.json`)
  for (const [name, value] of Object.entries(CREDENTIALS_PARAMETERS)) url.searchParams.set(name, value)
  const user = await readProtected(await callSigned(client, { method: 'GET', url, token }))
  const facts = {
    ...splitName(user['name']),
    // The number beside it is too large to be read exactly.
    subject: user['id_str'],
    email: user['email'],
    emailVerified: true,
    usernameHint: user['screen_name'],
    extra: pick(user, ['id_str', 'name', 'screen_name']),
  }
  return toIdentity(facts, bareToken(token.key, token.secret))
}

const CREDENTIALS_PARAMETERS = { include_email: 'true', include_entities: 'false', skip_status: 'true' }
