import { authenticatePassword } from '../../commands/authenticate-password.ts'
import { AuthError } from '../../errors.ts'
import { authorizationWords, type Scheme } from './scheme.ts'
import { badCredential } from './scheme-error.ts'

/** `Authorization: Basic …` (RFC 7617): the password is proven with each request, through the same gate as any other. */
export const basicScheme: Scheme = async (input) => {
  const given = authorizationWords(input, (word) => word.toLowerCase() === 'basic')
  if (given === null) return null
  const { authentication } = input.words
  const [encoded, ...more] = given
  if (encoded === undefined) throw badCredential(authentication.basicHeader.noCredentials)
  if (more.length > 0) throw badCredential(authentication.basicHeader.containsSpaces)
  const pair = decode(encoded)
  if (pair === null) throw badCredential(authentication.basicHeader.notBase64)
  try {
    return await authenticatePassword(input.exchange.ctx, pair)
  } catch (error) {
    const isWrong = error instanceof AuthError && WRONG.has(error.code)
    throw isWrong ? badCredential(authentication.invalidUsernameOrPassword) : error
  }
}

const WRONG: ReadonlySet<string> = new Set([
  'invalid_credentials',
  'validation_failed',
  'user_not_active',
  'email_not_verified',
])

/** Strict base64 of `name:password` in UTF-8. */
function decode(encoded: string): { readonly identifier: string; readonly password: string } | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded) || encoded.length % 4 !== 0) return null
  const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0))
  const text = readUtf8(bytes)
  const colon = text.indexOf(':')
  return colon < 0 ? null : { identifier: text.slice(0, colon), password: text.slice(colon + 1) }
}

function readUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // As RFC 7617 §2 has it for servers that announce no encoding.
    return new TextDecoder('latin1').decode(bytes)
  }
}
