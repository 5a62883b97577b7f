import { createHash, randomBytes } from 'node:crypto'
import type { IdentityProviderFactory, ProvenIdentity } from '../../src/contracts/identity-provider.ts'
import { IdentityProviderError } from '../../src/contracts/identity-provider-error.ts'

/** Somebody who has an account at the provider. */
export type Person = Partial<ProvenIdentity> & { readonly subject: string }

export interface SampleProvider {
  readonly factory: IdentityProviderFactory
  /** An access token, as the provider gives it to an application that the person allowed. */
  tokenFor(person: Person, clientId?: string): string
  /** What a browser comes back with from the address it was sent to; `null`: the person says no. */
  visit(url: string, person: Person | null): URLSearchParams
  /** How often a code was asked to be exchanged. */
  readonly exchanges: () => number
  /** What the provider fails with from now on. */
  breakDown(error: Error | null): void
}

interface IssuedCode {
  readonly person: Person
  readonly challenge: string
  readonly redirectUri: string
}

const OUR_CLIENT = 'acme'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

/**
 * A provider without a network: an authorization server and its client in one, with PKCE, codes that are good once, tokens
 * that know for whom they were issued, and `iss` in its answers (RFC 9207).
 */
export function sampleProvider(name = 'sample'): SampleProvider {
  const issuer = `https://${name}.test`
  const server = authorizationServer(issuer)
  return {
    factory: ({ random }) => ({
      name,
      title: `The ${name}`,
      async begin({ redirectUri, state }) {
        server.answer()
        const verifier = Buffer.from(random.bytes(32)).toString('base64url')
        const query = new URLSearchParams({ redirect_uri: redirectUri, state, code_challenge: sha256(verifier) })
        return { url: `${issuer}/authorize?${query}`, kept: { verifier } }
      },
      async finish({ params, kept, redirectUri, state }) {
        const isOurs = params.get('state') === state && params.get('iss') === issuer
        if (!isOurs) throw new IdentityProviderError('state_mismatch')
        if (params.get('error') === 'access_denied') throw new IdentityProviderError('denied_by_user')
        const { verifier } = kept as { readonly verifier: string }
        return server.exchange(params.get('code') ?? '', { redirectUri, verifier })
      },
      async verify({ accessToken, code, codeVerifier = '', redirectUri }) {
        if (accessToken !== undefined) return server.introspect(accessToken)
        if (code !== undefined) return server.exchange(code, { redirectUri, verifier: codeVerifier })
        throw new IdentityProviderError('missing_input')
      },
    }),
    tokenFor: server.issueToken,
    visit: server.visit,
    exchanges: server.exchanges,
    breakDown: server.breakDown,
  }
}

interface AuthorizationServer extends Pick<SampleProvider, 'visit' | 'exchanges' | 'breakDown'> {
  /** Throws what it was broken with. */
  answer(): void
  issueToken(person: Person, clientId?: string): string
  introspect(accessToken: string): ProvenIdentity
  exchange(code: string, sent: { readonly redirectUri: string; readonly verifier: string }): ProvenIdentity
}

function authorizationServer(issuer: string): AuthorizationServer {
  const codes = new Map<string, IssuedCode>()
  const tokens = new Map<string, { readonly person: Person; readonly clientId: string }>()
  let exchanges = 0
  let failure: Error | null = null
  const answer = (): void => {
    if (failure !== null) throw failure
  }
  return {
    answer,
    issueToken(person, clientId = OUR_CLIENT) {
      const token = newSecret()
      tokens.set(token, { person, clientId })
      return token
    },
    introspect(accessToken) {
      answer()
      const token = tokens.get(accessToken)
      if (token === undefined) throw new IdentityProviderError('invalid_grant')
      if (token.clientId !== OUR_CLIENT) throw new IdentityProviderError('wrong_audience')
      return toProven(token.person)
    },
    exchange(code, { redirectUri, verifier }) {
      exchanges += 1
      answer()
      const issued = codes.get(code)
      codes.delete(code)
      const isGood = issued?.challenge === sha256(verifier) && issued.redirectUri === redirectUri
      if (issued === undefined || !isGood) throw new IdentityProviderError('invalid_grant')
      return toProven(issued.person)
    },
    visit(url, person) {
      const asked = new URL(url).searchParams
      const state = asked.get('state') ?? ''
      if (person === null) return new URLSearchParams({ state, iss: issuer, error: 'access_denied' })
      const code = newSecret()
      const [challenge, redirectUri] = [asked.get('code_challenge') ?? '', asked.get('redirect_uri') ?? '']
      codes.set(code, { person, challenge, redirectUri })
      return new URLSearchParams({ state, iss: issuer, code })
    },
    exchanges: () => exchanges,
    breakDown(error) {
      failure = error
    },
  }
}

const newSecret = (): string => randomBytes(16).toString('base64url')

function toProven(person: Person): ProvenIdentity {
  const tokens = { accessToken: `for ${person.subject}`, refreshToken: null, tokenSecret: null, expiresAt: null }
  return {
    email: null,
    emailVerified: false,
    firstName: '',
    lastName: '',
    usernameHint: null,
    extraData: {},
    tokens,
    ...person,
  }
}
