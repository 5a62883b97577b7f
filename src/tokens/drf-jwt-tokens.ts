import type {
  IssueInput,
  TokenFindings,
  TokenManagerFactory,
  TokenTools,
  TokenUse,
} from '../contracts/token-manager.ts'
import type { RefusalReason } from '../errors.ts'
import type { ActiveSession, IssuedToken, Session } from '../model/session.ts'
import type { User, UserId } from '../model/user.ts'
import { sha256 } from '../util/secrets.ts'
import { type Hs256Jwt, hs256Jwt, type JwtClaims, looksLikeHs256Jwt } from './hs256-jwt.ts'
import { isLive, newSession } from './new-session.ts'

export interface DrfJwtTokensOptions {
  readonly accessTokenLifetimeSeconds: number
}

/**
 * The single token of djangorestframework-jwt, for the carrier `drf-jwt`.
 *
 * The form is the original's, with the session added: so log-out, a new password, a disabled and a renamed user end it at
 * once. There is no refresh token, and the session lasts as long as its token.
 */
export function drfJwtTokens({ accessTokenLifetimeSeconds }: DrfJwtTokensOptions): TokenManagerFactory {
  return (tools) => {
    // The original takes no token after its `exp`.
    const form = hs256Jwt({ keys: tools.keysFor('drf-jwt'), leewaySeconds: 0 })
    const context: DrfJwtContext = { tools, form, lifetimeMilliseconds: accessTokenLifetimeSeconds * 1000 }
    return {
      carriers: ['drf-jwt'],
      recognizes: (token) => looksLikeHs256Jwt(token) && token.startsWith(CLAIMS_BEGIN, token.indexOf('.') + 1),
      issue: (input) => issue(context, input),
      async authenticate(token) {
        const found = await find(context, token)
        return found.outcome === 'good' ? found.active : null
      },
      rotate: () => Promise.resolve({ outcome: 'invalid' }),
      inspect: (token, use) => inspect(context, token, use),
      revoke: (session) => tools.sessions.delete(session.id, session.userId),
      publicKeys: () => Promise.resolve([]),
    }
  }
}

/** `{"user_id` in base64url: of all tokens with this MAC, only these are written to begin so. */
const CLAIMS_BEGIN = Buffer.from('{"user_id').toString('base64url')

interface DrfJwtContext {
  readonly tools: TokenTools
  readonly form: Hs256Jwt
  readonly lifetimeMilliseconds: number
}

async function issue(
  { tools, form, lifetimeMilliseconds }: DrfJwtContext,
  input: IssueInput,
): Promise<IssuedToken | null> {
  const { user, sessionId, lifetimeSeconds = Number.POSITIVE_INFINITY } = input
  const longest = Math.min(tools.lifetimes.absoluteMilliseconds, lifetimeSeconds * 1000)
  const end = tools.clock.now().getTime() + Math.min(lifetimeMilliseconds, longest)
  const expiresAt = new Date(end)
  const token = await form.sign({
    // In the order of the original.
    user_id: user.id,
    username: nameOf(user),
    exp: Math.floor(end / 1000),
    ...(user.email === null ? {} : { email: user.email }),
    sid: sessionId,
  })
  // Nothing is looked up by this digest; the label keeps it apart from those that open a session.
  const begun = newSession(tools, input, sha256(`drf-jwt.${token}`))
  const session: Session = { ...begun, idleExpiresAt: expiresAt, expiresAt }
  if (!(await tools.sessions.insert(session, user))) return null
  return { session, token, expiresAt, refreshToken: null, refreshExpiresAt: null }
}

/** What the original calls the user name: the field by which people log in. */
const nameOf = ({ username, email }: User): string => username ?? email ?? ''

type Found =
  | { readonly outcome: 'good'; readonly active: ActiveSession }
  | {
      readonly outcome: 'refused'
      readonly reason: RefusalReason
      readonly userId: UserId | null
      readonly claim?: string
    }

async function find({ tools, form }: DrfJwtContext, token: string): Promise<Found> {
  const now = tools.clock.now()
  const read = await form.read(token, now)
  if (read.outcome !== 'good') return { outcome: 'refused', reason: read.outcome, userId: null }
  const claims = readClaims(read.claims)
  if ('missing' in claims) return { outcome: 'refused', reason: 'missing_claim', userId: null, claim: claims.missing }
  const { sessionId, userId, username } = claims
  const active = await tools.sessions.find({ id: sessionId })
  const isRight = active?.session.carrier === 'drf-jwt' && active.user.id === userId && isLive(active.session, now)
  if (!isRight) return { outcome: 'refused', reason: 'ended', userId }
  // The original finds the user by the name alone.
  return nameOf(active.user) === username
    ? { outcome: 'good', active }
    : { outcome: 'refused', reason: 'user_unknown', userId }
}

async function inspect(context: DrfJwtContext, token: string, use: TokenUse): Promise<TokenFindings> {
  const found = await find(context, token)
  if (found.outcome === 'good' && use === 'refresh') {
    return { outcome: 'refused', reason: 'wrong_type', userId: found.active.user.id }
  }
  return found
}

interface DrfClaims {
  readonly sessionId: string
  readonly userId: UserId
  readonly username: string
}

function readClaims({
  user_id: userId,
  username,
  exp,
  sid: sessionId,
}: JwtClaims): DrfClaims | { readonly missing: string } {
  // Of all claims the original asks for this one alone.
  if (typeof username !== 'string' || username === '') return { missing: 'username' }
  if (typeof userId !== 'number' && typeof userId !== 'string') return { missing: 'user_id' }
  if (exp === undefined) return { missing: 'exp' }
  return typeof sessionId === 'string' ? { sessionId, userId, username } : { missing: 'sid' }
}
