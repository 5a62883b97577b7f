import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { JWK } from 'jose'

/** What an access token says, beside its times. */
export interface AccessClaims {
  readonly sessionId: string
  readonly userId: string
}

export interface AccessTokenOptions {
  /** 32-byte seeds of Ed25519 keys: the first signs, all verify. */
  readonly seeds: readonly [Uint8Array, ...Uint8Array[]]
  readonly issuer: string
  readonly audience: string
}

/** Signs and reads access tokens in the form of RFC 9068, with Ed25519 keys derived from the configured secrets. */
export interface AccessTokens {
  sign(claims: AccessClaims, times: { readonly issuedAt: Date; readonly expiresAt: Date }): Promise<string>
  /** Good is only a live token of this issuer for this audience. */
  read(token: string, now: Date): Promise<ReadAccessToken>
  publicKeys(): Promise<readonly JWK[]>
}

export type ReadAccessToken =
  | { readonly outcome: 'good'; readonly claims: AccessClaims }
  | { readonly outcome: 'malformed' | 'expired' }

interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly jwk: JWK
}

/** Loaded with the first token: a server that issues none never pays for it. */
const loadJose = (): Promise<typeof import('jose')> => import('jose')

/** Accepted difference between clocks, in seconds. */
const SKEW_SECONDS = 5

export function accessTokens({ seeds, issuer, audience }: AccessTokenOptions): AccessTokens {
  let loading: Promise<readonly SigningKey[]> | null = null
  const keys = (): Promise<readonly SigningKey[]> => {
    loading ??= Promise.all(seeds.map(signingKey))
    return loading
  }
  return {
    async sign({ sessionId, userId }, { issuedAt, expiresAt }) {
      const [key] = await keys()
      if (key === undefined) throw new TypeError('there is no key to sign with')
      const { SignJWT } = await loadJose()
      return new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: key.kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(userId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(key.privateKey)
    },
    async read(token, now) {
      const known = await keys()
      const { jwtVerify, errors } = await loadJose()
      try {
        const { payload } = await jwtVerify(token, ({ kid }) => requireKey(known, kid), {
          // RFC 8725 §3.1: the algorithm belongs to the key and is never taken from the token.
          algorithms: ['EdDSA'],
          typ: 'at+jwt',
          issuer,
          audience,
          currentDate: now,
          clockTolerance: SKEW_SECONDS,
          requiredClaims: ['exp', 'iat', 'sub', 'sid'],
          maxTokenAge: MAX_AGE_SECONDS,
        })
        const { sid, sub } = payload
        if (typeof sid !== 'string' || typeof sub !== 'string') return { outcome: 'malformed' }
        return { outcome: 'good', claims: { sessionId: sid, userId: sub } }
      } catch (error) {
        return { outcome: error instanceof errors.JWTExpired ? 'expired' : 'malformed' }
      }
    },
    publicKeys: async () => (await keys()).map(({ jwk }) => jwk),
  }
}

/** No token lives longer, whatever its `exp` says. */
const MAX_AGE_SECONDS = 86_400 + SKEW_SECONDS

/** `kid` only selects among the keys that were loaded. */
function requireKey(keys: readonly SigningKey[], kid: string | undefined): KeyObject {
  const key = keys.find((candidate) => candidate.kid === kid)
  if (key === undefined) throw new TypeError('the token names no key of ours')
  return key.publicKey
}

/** RFC 8410 §7: the fixed beginning of a PKCS #8 Ed25519 key, before its 32-byte seed. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

async function signingKey(seed: Uint8Array): Promise<SigningKey> {
  const { calculateJwkThumbprint, exportJWK } = await loadJose()
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  const { kty = '', crv = '', x = '' } = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint({ kty, crv, x })
  return { kid, privateKey, publicKey, jwk: { kty, crv, x, kid, alg: 'EdDSA', use: 'sig' } }
}
