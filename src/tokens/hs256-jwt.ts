import { createSecretKey, type KeyObject } from 'node:crypto'

/** What a token says. */
export type JwtClaims = Readonly<Record<string, unknown>>

export interface Hs256JwtOptions {
  /** The first signs, all verify. */
  readonly keys: readonly [Uint8Array, ...Uint8Array[]]
  /** Accepted difference between clocks. */
  readonly leewaySeconds: number
}

export type ReadHs256Jwt =
  | { readonly outcome: 'good'; readonly claims: JwtClaims }
  | { readonly outcome: 'malformed' | 'wrong_algorithm' | 'bad_signature' | 'expired' }

/** Signs and reads JSON Web Tokens with the MAC that the libraries of Django REST framework use. */
export interface Hs256Jwt {
  /** The claims in their order. */
  sign(claims: JwtClaims): Promise<string>
  /** Takes any text. A token without `exp` is good here: whoever asks knows which claims it needs. */
  read(token: string, now: Date): Promise<ReadHs256Jwt>
}

const HEADER = { alg: 'HS256', typ: 'JWT' } as const

/** The header as it is always written, claims, and a MAC of 32 bytes: no other algorithm is ever looked at. */
const FORM = /^eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9\.[\w-]+\.[\w-]{43}$/

/** Longer texts are refused before anything is made of them. */
export const MAX_JWT_LENGTH = 8192

/** Tells by its form alone whether a text is a token of this kind. */
export function looksLikeHs256Jwt(text: string): boolean {
  return text.length <= MAX_JWT_LENGTH && FORM.test(text)
}

/** Loaded with the first token: a server that issues none never pays for it. */
const loadJose = (): Promise<typeof import('jose')> => import('jose')

export function hs256Jwt({ keys, leewaySeconds }: Hs256JwtOptions): Hs256Jwt {
  const [signer, ...others] = keys.map((key) => createSecretKey(key))
  if (signer === undefined) throw new TypeError('there is no key to sign with')
  const verifiers = [signer, ...others]
  return {
    async sign(claims) {
      const { SignJWT } = await loadJose()
      return new SignJWT({ ...claims }).setProtectedHeader(HEADER).sign(signer)
    },
    async read(token, now) {
      if (!looksLikeHs256Jwt(token)) return whyUnreadable(token)
      for (const key of verifiers) {
        const read = await verify(token, key, { now, leewaySeconds })
        if (read.outcome !== 'bad_signature') return read
      }
      return { outcome: 'bad_signature' }
    },
  }
}

interface Moment {
  readonly now: Date
  readonly leewaySeconds: number
}

async function verify(token: string, key: KeyObject, { now, leewaySeconds }: Moment): Promise<ReadHs256Jwt> {
  const { jwtVerify, errors } = await loadJose()
  try {
    const options = { algorithms: [HEADER.alg], currentDate: now, clockTolerance: leewaySeconds }
    return { outcome: 'good', claims: (await jwtVerify(token, key, options)).payload }
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return { outcome: 'bad_signature' }
    return { outcome: error instanceof errors.JWTExpired ? 'expired' : 'malformed' }
  }
}

/** A text of another form is never good, whatever is found out about it here. */
async function whyUnreadable(text: string): Promise<ReadHs256Jwt> {
  if (text.length > MAX_JWT_LENGTH || text.split('.').length !== 3) return { outcome: 'malformed' }
  const { decodeProtectedHeader } = await loadJose()
  try {
    const { alg } = decodeProtectedHeader(text)
    return { outcome: typeof alg === 'string' && alg !== HEADER.alg ? 'wrong_algorithm' : 'malformed' }
  } catch {
    return { outcome: 'malformed' }
  }
}
