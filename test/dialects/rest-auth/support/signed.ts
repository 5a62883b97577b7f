import { createKeyring } from '../../../../src/commands/steps/keyring.ts'
import { hs256Jwt, type JwtClaims } from '../../../../src/tokens/hs256-jwt.ts'
import { TEST_SECRET } from '../../../support/test-auth.ts'

/** A token with these claims that the site itself could have signed: what is wrong with it are the claims alone. */
export function signed(purpose: 'simple-jwt' | 'drf-jwt', claims: JwtClaims): Promise<string> {
  return hs256Jwt({ keys: createKeyring([TEST_SECRET]).keysFor(purpose), leewaySeconds: 0 }).sign(claims)
}

/** What a token of the site says. */
export function claimsOf(token: string): JwtClaims {
  const [, claims = ''] = token.split('.')
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as JwtClaims
}

/** The same without some of its claims, and genuine all the same. */
export function without(
  purpose: 'simple-jwt' | 'drf-jwt',
  token: string,
  ...names: readonly string[]
): Promise<string> {
  const kept = Object.entries(claimsOf(token)).filter(([name]) => !names.includes(name))
  return signed(purpose, Object.fromEntries(kept))
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** The same claims under another header, with the MAC that they had. */
export function withHeader(token: string, header: object): string {
  const [, claims = '', mac = ''] = token.split('.')
  return `${encode(header)}.${claims}.${mac}`
}
