import { createHmac } from 'node:crypto'
import type { IdentityProviderFactory } from '../../../../src/contracts/identity-provider.ts'
import { facebook } from '../../../../src/providers/facebook.ts'
import { github } from '../../../../src/providers/github.ts'
import { twitter } from '../../../../src/providers/twitter.ts'
import { type StubAnswer, type StubCall, type StubServer, stubServer } from '../../../support/stub-server.ts'
import type { EngineOptions } from '../../drf/support/drf-world.ts'

/** Somebody with an account at one of the three; what is missing is missing in the provider's answer, too. */
export interface PeerPerson {
  readonly id: string
  readonly email?: string
  /** What the list of GitHub says; the others have no such thing. */
  readonly isEmailProven?: boolean
  readonly firstName?: string
  readonly lastName?: string
  /** The login at GitHub, the screen name at Twitter. */
  readonly handle?: string
}

/** Facebook, GitHub and Twitter on one local server, with real connections in between. */
export interface SocialPeers {
  readonly server: StubServer
  /** Forgets everybody, every call and every answer that was replaced. */
  reset(): void
  /** An access token of this application, for any of the three; at Twitter its secret is `secret of <token>`. */
  tokenFor(person: PeerPerson): string
  /** The same, issued to another application. */
  foreignTokenFor(person: PeerPerson): string
  /** A code for Facebook and GitHub, good once. */
  codeFor(person: PeerPerson): string
  /** What a client sends to the path of Twitter. */
  pairFor(person: PeerPerson): { readonly access_token: string; readonly token_secret: string }
  /** Replaces the answer of one address. */
  answer(path: string, answer: StubAnswer): void
  /** For a world: all three providers, at this server. */
  engine(more?: EngineOptions): EngineOptions
  readonly providers: readonly IdentityProviderFactory[]
}

/** The addresses that tests replace the answers of. */
export const PEER = {
  facebookMe: '/v19.0/me',
  facebookDebug: '/v19.0/debug_token',
  facebookToken: '/v19.0/oauth/access_token',
  githubUser: '/api/v3/user',
  githubEmails: '/api/v3/user/emails',
  githubToken: '/login/oauth/access_token',
  twitterUser: '/1.1/account/verify_credentials.json',
} as const

export async function socialPeers(): Promise<SocialPeers> {
  const server = await stubServer()
  const { origin } = server
  const people = new Map<string, { readonly person: PeerPerson; readonly isOurs: boolean }>()
  const codes = new Map<string, string>()
  let count = 0
  const add = (person: PeerPerson, isOurs: boolean): string => {
    count += 1
    const token = `token-${count}`
    people.set(token, { person, isOurs })
    return token
  }
  const providers = [
    facebook({ clientId: '4242', clientSecret: 'sesame', graph: `${origin}/v19.0`, dialog: `${origin}/dialog` }),
    twitter({ oauth1: { consumerKey: 'consumer', consumerSecret: 'sesame' }, api: origin }),
    github({ clientId: 'Iv1.shop', clientSecret: 'sesame', host: origin }),
  ]
  const peers: SocialPeers = {
    server,
    providers,
    reset() {
      server.reset()
      people.clear()
      codes.clear()
      const find: Find = (token) => people.get(token ?? '') ?? null
      for (const [path, answer] of Object.entries({ ...facebookAnswers(find), ...githubAnswers(find) })) {
        server.answer(path, answer)
      }
      server.answer(PEER.twitterUser, twitterAnswer(find, origin))
      server.answer(PEER.facebookToken, ({ body }) => exchange(codes, body) ?? facebookRefusal(100))
      server.answer(PEER.githubToken, ({ body }) => exchange(codes, body) ?? { error: 'bad_verification_code' })
    },
    tokenFor: (person) => add(person, true),
    foreignTokenFor: (person) => add(person, false),
    codeFor(person) {
      const code = `code-${count + 1}`
      codes.set(code, add(person, true))
      return code
    },
    pairFor(person) {
      const token = add(person, true)
      return { access_token: token, token_secret: `secret of ${token}` }
    },
    answer: (path, answer) => server.answer(path, answer),
    engine: (more = {}) => ({ environment: 'development', ...more, social: { ...more.social, providers } }),
  }
  peers.reset()
  return peers
}

type Find = (token: string | undefined) => { readonly person: PeerPerson; readonly isOurs: boolean } | null

type Answers = Readonly<Record<string, StubAnswer>>

/** A refusal of the Graph API. */
export const facebookRefusal = (code: number, status = 400): Response =>
  Response.json({ error: { message: 'no', type: 'OAuthException', code } }, { status })

function exchange(codes: Map<string, string>, form: string): object | null {
  const code = new URLSearchParams(form).get('code') ?? ''
  const token = codes.get(code)
  codes.delete(code)
  return token === undefined ? null : { access_token: token, token_type: 'bearer' }
}

function facebookAnswers(find: Find): Answers {
  return {
    [PEER.facebookDebug]({ query }: StubCall) {
      const found = find(query['input_token'])
      if (found === null) return { data: { is_valid: false, scopes: [] } }
      const { isOurs, person } = found
      return { data: { app_id: isOurs ? '4242' : '666', type: 'USER', is_valid: true, user_id: person.id } }
    },
    [PEER.facebookMe]({ query }: StubCall) {
      const found = find(query['access_token'])
      if (found === null) return facebookRefusal(190)
      const { id, email, firstName, lastName } = found.person
      return { id, email, first_name: firstName, last_name: lastName }
    },
  }
}

function githubAnswers(find: Find): Answers {
  const owner = ({ headers }: StubCall) => find(/^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1])
  const refused = () => Response.json({ message: 'Bad credentials' }, { status: 401 })
  return {
    '/api/v3/applications/Iv1.shop/token'({ body }: StubCall) {
      const found = find(JSON.parse(body).access_token)
      // "Check a token" knows nothing of what others were issued.
      if (found?.isOurs !== true) return Response.json({ message: 'Not Found' }, { status: 404 })
      return { app: { client_id: 'Iv1.shop' } }
    },
    [PEER.githubUser](call: StubCall) {
      const found = owner(call)
      if (found === null) return refused()
      const { id, handle, firstName = '', lastName = '' } = found.person
      return { id: Number(id), login: handle, name: `${firstName} ${lastName}`.trim() }
    },
    [PEER.githubEmails](call: StubCall) {
      const { email, isEmailProven = false } = owner(call)?.person ?? {}
      return Response.json(email === undefined ? [] : [{ email, verified: isEmailProven, primary: true }])
    },
  }
}

function twitterAnswer(find: Find, origin: string): StubAnswer {
  return (call) => {
    const found = find(protocolOf(call)['oauth_token'])
    const isGood = found?.isOurs === true && isSigned(call, origin)
    if (!isGood) return Response.json({ errors: [{ code: 89, message: 'no' }] }, { status: 401 })
    const { id, email = null, handle, firstName = '', lastName = '' } = found.person
    return { id_str: id, screen_name: handle, name: `${firstName} ${lastName}`.trim(), email }
  }
}

function protocolOf({ headers }: StubCall): Readonly<Record<string, string>> {
  const pairs = (headers.get('authorization') ?? '').matchAll(/(\w+)="([^"]*)"/g)
  return Object.fromEntries(Array.from(pairs, ([, name = '', value = '']) => [name, decodeURIComponent(value)]))
}

/** RFC 5849 §3.4: signed once more, with the secret that goes with the token. */
function isSigned(call: StubCall, origin: string): boolean {
  const { oauth_signature: signature, ...protocol } = protocolOf(call)
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  const parameters = Object.entries({ ...call.query, ...protocol })
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&')
  const base = [call.method, `${origin}${call.path}`, parameters].map(encode).join('&')
  const key = `sesame&${encode(`secret of ${protocol['oauth_token']}`)}`
  return createHmac('sha1', key).update(base).digest('base64') === signature
}
