import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { type StubServer, stubServer } from './stub-server.ts'

/** A local issuer whose ID tokens say what the test wants, rightly signed. */
export interface StubIssuer {
  readonly server: StubServer
  /** Forgets all answers and serves metadata and keys again; `issuer` is what the metadata say, below `path`. */
  serve(options?: { readonly path?: string; readonly issuer?: string; readonly metadata?: object }): void
  /** An ID token of this issuer for the client `shop`, with these claims. */
  idToken(claims?: JWTPayload): Promise<string>
  /** From now on any code is worth these claims, with the nonce that the test read from the authorization request. */
  grant(claims?: JWTPayload): void
}

export async function stubIssuer(): Promise<StubIssuer> {
  const server = await stubServer()
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  const { origin } = server
  const idToken = (claims: JWTPayload = {}) => {
    const now = Math.floor(Date.now() / 1000)
    const all = { iss: origin, aud: 'shop', sub: '248289761001', iat: now - 5, exp: now + 300, ...claims }
    return new SignJWT(all).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey)
  }
  return {
    server,
    serve({ path = '', issuer = origin, metadata = {} } = {}) {
      server.reset()
      server.answer('/keys', { keys: [key] })
      server.answer(`${path}/.well-known/openid-configuration`, {
        issuer,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        jwks_uri: `${origin}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
        ...metadata,
      })
    },
    idToken,
    grant: (claims) =>
      server.answer('/token', async () => ({
        access_token: 'access',
        token_type: 'Bearer',
        expires_in: 3600,
        id_token: await idToken(claims),
      })),
  }
}
