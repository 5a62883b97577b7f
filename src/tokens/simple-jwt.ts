import { createSecretKey, type KeyObject } from 'node:crypto'

/** What a token of simplejwt says. */
export interface SimpleClaims {
  readonly use: 'access' | 'refresh'
  /** 32 hexadecimal digits. */
  readonly id: string
  readonly sessionId: string
  readonly userId: string
  readonly issuedAt: Date
  readonly expiresAt: Date
}

export interface SimpleJwtOptions {
  /** The first signs, all verify. */
  readonly keys: readonly [Uint8Array, ...Uint8Array[]]
  /** The claim with the user's id. */
  readonly userIdClaim: string
  /** Accepted difference between clocks. */
  readonly leewaySeconds: number
}

export type ReadSimpleJwt =
  | { readonly outcome: 'good'; readonly claims: SimpleClaims }
  | { readonly outcome: 'malformed' | 'expired' }

/** Signs and reads tokens in the form in which simplejwt makes them. */
export interface SimpleJwt {
  sign(claims: SimpleClaims): Promise<string>
  /** Takes any text. */
  read(token: string, now: Date): Promise<ReadSimpleJwt>
}

const HEADER = { alg: 'HS256', typ: 'JWT' } as const

/** The header as it is always written, claims, and a MAC of 32 bytes: no other algorithm is ever looked at. */
const FORM = /^eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9\.[\w-]+\.[\w-]{43}$/

/** Longer texts are refused before anything is made of them. */
const MAX_LENGTH = 8192

/** Tells by its form alone whether a text is a token of this kind. */
export function looksLikeSimpleJwt(text: string): boolean {
  return text.length <= MAX_LENGTH && FORM.test(text)
}

/** Loaded with the first token: a server that issues none never pays for it. */
const loadJose = (): Promise<typeof import('jose')> => import('jose')

export function simpleJwt({ keys, userIdClaim, leewaySeconds }: SimpleJwtOptions): SimpleJwt {
  const [signer, ...others] = keys.map((key) => createSecretKey(key))
  if (signer === undefined) throw new TypeError('there is no key to sign with')
  const verifiers = [signer, ...others]
  return {
    async sign({ use, id, sessionId, userId, issuedAt, expiresAt }) {
      const { SignJWT } = await loadJose()
      const [exp, iat] = [secondsOf(expiresAt), secondsOf(issuedAt)]
      // In the order of the original.
      const payload = { token_type: use, exp, iat, jti: id, [userIdClaim]: userId, sid: sessionId }
      return new SignJWT(payload).setProtectedHeader(HEADER).sign(signer)
    },
    async read(token, now) {
      if (!looksLikeSimpleJwt(token)) return { outcome: 'malformed' }
      for (const key of verifiers) {
        const verified = await verify(token, key, { now, leewaySeconds })
        if (verified.outcome === 'expired') return { outcome: 'expired' }
        if (verified.outcome === 'good') return readClaims(verified.payload, userIdClaim)
      }
      return { outcome: 'malformed' }
    },
  }
}

const secondsOf = (moment: Date): number => Math.floor(moment.getTime() / 1000)

type Verified =
  | { readonly outcome: 'good'; readonly payload: Readonly<Record<string, unknown>> }
  /** Signed with another key, or by nobody. */
  | { readonly outcome: 'foreign' }
  | { readonly outcome: 'expired' }

async function verify(
  token: string,
  key: KeyObject,
  { now, leewaySeconds }: { readonly now: Date; readonly leewaySeconds: number },
): Promise<Verified> {
  const { jwtVerify, errors } = await loadJose()
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [HEADER.alg],
      currentDate: now,
      clockTolerance: leewaySeconds,
      requiredClaims: ['exp', 'iat'],
    })
    return { outcome: 'good', payload }
  } catch (error) {
    return { outcome: error instanceof errors.JWTExpired ? 'expired' : 'foreign' }
  }
}

function readClaims(payload: Readonly<Record<string, unknown>>, userIdClaim: string): ReadSimpleJwt {
  const { token_type: use, exp, iat, jti: id, sid: sessionId, [userIdClaim]: userId } = payload
  const areTexts = typeof id === 'string' && typeof sessionId === 'string' && typeof userId === 'string'
  const areNumbers = typeof exp === 'number' && typeof iat === 'number'
  if (!areTexts || !areNumbers || (use !== 'access' && use !== 'refresh')) return { outcome: 'malformed' }
  const times = { issuedAt: new Date(iat * 1000), expiresAt: new Date(exp * 1000) }
  return { outcome: 'good', claims: { use, id, sessionId, userId, ...times } }
}
