import type { JsonValue } from '../model/field.ts'
import { RESERVED_CLAIMS } from '../model/reserved-claims.ts'
import { type Hs256JwtOptions, hs256Jwt, type JwtClaims, MAX_JWT_LENGTH } from './hs256-jwt.ts'

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

/** What an application adds to it. */
export type OwnClaims = Readonly<Record<string, JsonValue>>

export interface SimpleJwtOptions extends Hs256JwtOptions {
  /** The claim with the user's id. */
  readonly userIdClaim: string
}

export type ReadSimpleJwt =
  | { readonly outcome: 'good'; readonly claims: SimpleClaims }
  | { readonly outcome: 'malformed' | 'expired' }
  | { readonly outcome: 'missing_claim'; readonly claim: string }

/** Signs and reads tokens in the form in which simplejwt makes them. */
export interface SimpleJwt {
  /** @throws {TypeError} where the application's claims would replace others, or make the token too long to be read */
  sign(claims: SimpleClaims, own: OwnClaims): Promise<string>
  /** Takes any text. */
  read(token: string, now: Date): Promise<ReadSimpleJwt>
}

export function simpleJwt({ userIdClaim, ...options }: SimpleJwtOptions): SimpleJwt {
  const form = hs256Jwt(options)
  return {
    async sign({ use, id, sessionId, userId, issuedAt, expiresAt }, own) {
      assertOwnClaims(own, userIdClaim)
      const [exp, iat] = [secondsOf(expiresAt), secondsOf(issuedAt)]
      // In the order of the original.
      const token = await form.sign({
        token_type: use,
        exp,
        iat,
        jti: id,
        [userIdClaim]: userId,
        ...own,
        sid: sessionId,
      })
      if (token.length <= MAX_JWT_LENGTH) return token
      throw new TypeError(
        `simpleJwt.claims makes a token of more than ${MAX_JWT_LENGTH} characters, which nobody reads`,
      )
    },
    async read(token, now) {
      const read = await form.read(token, now)
      if (read.outcome === 'good') return readClaims(read.claims, userIdClaim)
      // The original has one sentence for all that is not genuine.
      return { outcome: read.outcome === 'expired' ? 'expired' : 'malformed' }
    },
  }
}

/** The application may be written in JavaScript. */
function assertOwnClaims(own: unknown, userIdClaim: string): void {
  if (typeof own !== 'object' || own === null || Array.isArray(own) || own instanceof Promise) {
    throw new TypeError('simpleJwt.claims must return an object of claims, at once')
  }
  const taken = Object.keys(own).find((name) => RESERVED_CLAIMS.has(name) || name === userIdClaim)
  if (taken !== undefined)
    throw new TypeError(`simpleJwt.claims must not set the claim "${taken}", which is the token's own`)
}

const secondsOf = (moment: Date): number => Math.floor(moment.getTime() / 1000)

function readClaims(claims: JwtClaims, userIdClaim: string): ReadSimpleJwt {
  // In the order in which the original looks for them.
  const missing = ['exp', 'jti', 'token_type', userIdClaim].find((name) => claims[name] === undefined)
  if (missing !== undefined) return { outcome: 'missing_claim', claim: missing }
  const { token_type: use, exp, iat, jti: id, sid: sessionId, [userIdClaim]: userId } = claims
  const areTexts = typeof id === 'string' && typeof sessionId === 'string' && typeof userId === 'string'
  const areNumbers = typeof exp === 'number' && typeof iat === 'number'
  if (!areTexts || !areNumbers || (use !== 'access' && use !== 'refresh')) return { outcome: 'malformed' }
  const times = { issuedAt: new Date(iat * 1000), expiresAt: new Date(exp * 1000) }
  return { outcome: 'good', claims: { use, id, sessionId, userId, ...times } }
}
