import type { IdentityProviderFactory } from '../contracts/identity-provider.ts'
import { IdentityProviderError } from '../contracts/identity-provider-error.ts'
import { type Answer, asObject, readProtected } from './answers.ts'
import { type OAuth2Client, type OAuth2ClientOptions, oauth2Provider } from './oauth2-core.ts'
import { type ProfileFacts, pick, splitName } from './profile.ts'
import { headerText } from './tokens.ts'

export interface GithubOptions
  extends Pick<OAuth2ClientOptions, 'clientId' | 'clientSecret' | 'parameters' | 'dangerouslyTakesAnyAccessToken'> {
  /** @default 'github' */
  readonly name?: string
  /** @default 'GitHub' */
  readonly title?: string
  /** @default ['read:user', 'user:email'] */
  readonly scopes?: readonly string[]
  /** For GitHub Enterprise: `https://git.acme.example`. @default 'https://github.com' */
  readonly host?: string
  /** @default 'https://api.github.com', or `/api/v3` of the host that was set */
  readonly api?: string
}

/**
 * Log-in with GitHub, by OAuth 2. The API way takes `code`, and an `accessToken` that GitHub's "Check a token" says was
 * issued to this application.
 *
 * The address is the primary one. It counts as proven where `verified` of "List email addresses for the authenticated user"
 * is `true`; without the scope `user:email` it is what the profile shows, and counts as unproven.
 */
export function github(options: GithubOptions): IdentityProviderFactory {
  const { host = 'https://github.com', scopes = ['read:user', 'user:email'], ...client } = options
  const { api = options.host === undefined ? 'https://api.github.com' : `${host}/api/v3` } = options
  const endpoints = {
    authorization: `${host}/login/oauth/authorize`,
    token: `${host}/login/oauth/access_token`,
    api,
  }
  return oauth2Provider(
    { name: 'github', title: 'GitHub', ...client, scopes },
    {
      usesPkce: true,
      secretIn: 'form',
      endpoints,
      readProfile: (accessToken, oauth) => readProfile(api, accessToken, oauth),
      assertAudience: (accessToken, oauth) => assertAudience(api, accessToken, oauth),
    },
  )
}

const HEADERS = {
  accept: 'application/vnd.github+json',
  'user-agent': 'Portress',
  'x-github-api-version': '2022-11-28',
}

async function readProfile(api: string, accessToken: string, { tools }: OAuth2Client): Promise<ProfileFacts> {
  const headers = { ...HEADERS, authorization: `Bearer ${headerText(accessToken)}` }
  const user = await readProtected(await tools.fetch(`${api}/user`, { headers }))
  const primary = await readPrimary(await tools.fetch(`${api}/user/emails`, { headers }))
  return {
    ...splitName(user['name']),
    subject: user['id'],
    email: primary === null ? user['email'] : primary['email'],
    emailVerified: primary?.['verified'],
    usernameHint: user['login'],
    extra: pick(user, ['id', 'login', 'name', 'avatar_url', 'html_url', 'location', 'company', 'blog']),
  }
}

/** Any refusal of the list means that the person did not grant it, which keeps nobody out. */
async function readPrimary(response: Response): Promise<Answer | null> {
  if (response.status >= 500) throw new IdentityProviderError('unreachable', `status_${response.status}`)
  if (response.status !== 200) return null
  const list = parseList(await response.text())
  return list.find((entry) => entry['primary'] === true) ?? null
}

function parseList(text: string): readonly Answer[] {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.map(asObject).filter((entry) => entry !== null) : []
  } catch {
    throw new IdentityProviderError('malformed_answer', 'not_json_200')
  }
}

/** "Check a token": 404 for a token that is another application's, or nobody's. */
async function assertAudience(api: string, accessToken: string, { options, tools }: OAuth2Client): Promise<void> {
  const { clientId, clientSecret } = options
  const basic = btoa(`${clientId}:${clientSecret}`)
  const response = await tools.fetch(`${api}/applications/${encodeURIComponent(clientId)}/token`, {
    method: 'POST',
    headers: { ...HEADERS, authorization: `Basic ${basic}`, 'content-type': 'application/json' },
    body: JSON.stringify({ access_token: accessToken }),
  })
  if (response.status === 404 || response.status === 422)
    throw new IdentityProviderError('wrong_audience', 'access_token')
  if (response.status === 401) throw new IdentityProviderError('misconfigured', 'status_401')
  const { app } = await readProtected(response)
  if (asObject(app)?.['client_id'] !== clientId) throw new IdentityProviderError('wrong_audience', 'access_token')
}
