/**
 * What the original says of a token, for one that Portress did not give: old clients may still hold one of its own,
 * `exp=…&user_id=…&username=…&session_key=…`. Nothing in it is believed, so it is only ever refused.
 */
import { en } from '../../messages/djmongoauth/en.ts'

const words = en.errors

/** Why a log-out by this token is refused. */
export function logoutRefusal(token: string, now: Date): string {
  const parsed = parse(token)
  if ('refusal' in parsed) return parsed.refusal
  if (!INTEGER.test(parsed.exp)) return words.unreadableExpiry(parsed.exp)
  return Number(parsed.exp) * 1000 < now.getTime() ? words.expiredToken : words.unknownSession
}

/** Why no mail is sent to whoever brings this token. */
export function mailRefusal(token: string): string {
  const parsed = parse(token)
  return 'refusal' in parsed ? parsed.refusal : words.unknownTokenUser
}

/** Why a handler of the application's own is closed to this token. */
export function guardRefusal(token: string): string {
  const parsed = parse(token)
  if ('refusal' in parsed) return parsed.refusal
  return OBJECT_ID.test(parsed.userId) ? words.noActiveSession(parsed.username) : words.malformedUserId(parsed.userId)
}

const INTEGER = /^\s*[+-]?\d+\s*$/

const OBJECT_ID = /^[0-9a-f]{24}$/i

interface ForeignToken {
  readonly exp: string
  readonly userId: string
  readonly username: string
}

/** By position, as the original reads it: the names before the equal signs are not looked at. */
function parse(token: string): ForeignToken | { readonly refusal: string } {
  const parts = token.split('&')
  if (parts.length < 3) return { refusal: words.unparsableToken(token) }
  const [exp, userId, username, sessionKey] = parts.map((part) => part.split('=')[1])
  const isWhole = exp !== undefined && userId !== undefined && username !== undefined && sessionKey !== undefined
  return isWhole ? { exp, userId, username } : { refusal: words.incompleteToken }
}
