import type {
  IssueInput,
  RotateResult,
  TokenFindings,
  TokenManagerFactory,
  TokenTools,
  TokenUse,
} from '../contracts/token-manager.ts'
import type { RefusalReason } from '../errors.ts'
import type { ActiveSession, IssuedToken, Session } from '../model/session.ts'
import type { UserId } from '../model/user.ts'
import { type AccessClaims, type AccessTokens, accessTokens } from './access-token.ts'
import { idleEnd, isLive, newSession } from './new-session.ts'
import { recentSessions } from './recent-sessions.ts'
import { digestOfSeed, newSeed, type RefreshToken, readRefreshToken, writeRefreshToken } from './refresh-token.ts'
import { userIdIn } from './user-id-in.ts'

export interface JwtTokensOptions {
  readonly audience: string
  readonly accessLifetimeSeconds: number
  /** Accept an access token for its lifetime without asking the store again. */
  readonly stateless: boolean
  readonly refreshGraceSeconds: number
}

/** Longer texts are refused before they are split. */
const MAX_LENGTH = 8192

/** RFC 7515 §3.1. Decoders forgive white space, and then one token would have many spellings. */
const FORM = /^[\w-]+\.[\w-]+\.[\w-]+$/

const looksLikeJwt = (text: string): boolean => text.length <= MAX_LENGTH && FORM.test(text)

/**
 * Short access tokens tied to a session, and a rotating refresh token, for the carrier `jwt`.
 *
 * An access token is checked against its session each time, so that log-out and a new password bite at once.
 */
export function jwtTokens(options: JwtTokensOptions): TokenManagerFactory {
  return (tools) => {
    const access = accessTokens({
      seeds: tools.keysFor('access-token'),
      issuer: tools.issuer,
      audience: options.audience,
    })
    const recent = options.stateless ? recentSessions(tools.clock, options.accessLifetimeSeconds) : null
    const findActive = async (sessionId: string): Promise<ActiveSession | null> => {
      const known = recent?.get(sessionId)
      if (known !== undefined) return known
      const active = await tools.sessions.find({ id: sessionId })
      if (active !== null) recent?.set(sessionId, active)
      return active
    }
    const context: JwtContext = { tools, access, options, findActive }
    return {
      carriers: ['jwt'],
      recognizes: looksLikeJwt,
      issue: (input) => issue(context, input),
      async authenticate(token) {
        const read = await access.read(token, tools.clock.now())
        return read.outcome === 'good' ? sessionOf(context, read.claims) : null
      },
      rotate: (refreshToken) => rotate(context, refreshToken),
      inspect: (token, use) => inspect(context, token, use),
      revoke(session) {
        recent?.delete(session.id)
        return tools.sessions.delete(session.id, session.userId)
      },
      publicKeys: async () => (await access.publicKeys()).map((key) => ({ ...key })),
    }
  }
}

interface JwtContext {
  readonly tools: TokenTools
  readonly access: AccessTokens
  readonly options: JwtTokensOptions
  /** The session as the store has it, or where nobody asks the store again, as it had it lately. */
  readonly findActive: (sessionId: string) => Promise<ActiveSession | null>
}

/** The session of an access token, while it lives. */
async function sessionOf(
  { tools, findActive }: JwtContext,
  { sessionId, userId }: AccessClaims,
): Promise<ActiveSession | null> {
  const active = await findActive(sessionId)
  const isRight = active !== null && String(active.user.id) === userId && isLive(active.session, tools.clock.now())
  return isRight && active.session.carrier === 'jwt' ? active : null
}

async function issue(context: JwtContext, input: IssueInput): Promise<IssuedToken | null> {
  const seed = newSeed(context.tools.random)
  const session = newSession(context.tools, input, digestOfSeed(seed))
  const isBegun = await context.tools.sessions.insert(session, input.user)
  return isBegun ? pairFor(context, session, { seed, generation: 0 }) : null
}

async function rotate(context: JwtContext, text: string): Promise<RotateResult> {
  const { tools } = context
  const token = readRefreshToken(tools.keysFor('refresh-token'), text)
  if (token === null) return { outcome: 'invalid' }
  const now = tools.clock.now()
  const active = await tools.sessions.find({ digest: digestOfSeed(token.seed) })
  if (active === null || !isLive(active.session, now)) return { outcome: 'invalid' }
  const { session, user } = active
  const rotated = await tools.sessions.rotate(session.id, {
    generation: token.generation,
    now,
    idleExpiresAt: idleEnd(tools, now, session.expiresAt),
  })
  const child = { seed: token.seed, generation: token.generation + 1 }
  if (rotated !== null) return { outcome: 'rotated', issued: await pairFor(context, rotated, child), user }
  return childOrReuse(context, { token, child })
}

/** Somebody was faster with this token: within the grace it is the same client asking again and gets the same child. */
async function childOrReuse(
  context: JwtContext,
  { token, child }: { readonly token: RefreshToken; readonly child: RefreshToken },
): Promise<RotateResult> {
  const { tools } = context
  const now = tools.clock.now()
  const active = await tools.sessions.find({ digest: digestOfSeed(token.seed) })
  if (active === null || !isLive(active.session, now)) return { outcome: 'invalid' }
  const { session, user } = active
  if (token.generation > session.generation) return { outcome: 'invalid' }
  if (!isInGrace(context, token, session)) return { outcome: 'reused', session }
  return { outcome: 'rotated', issued: await pairFor(context, session, child), user }
}

/** Tells whether the token is the parent of the present one, and was exchanged so lately that it may come twice. */
function isInGrace({ tools, options }: JwtContext, { generation }: RefreshToken, session: Session): boolean {
  const sinceRotation = tools.clock.now().getTime() - (session.rotatedAt?.getTime() ?? 0)
  return session.generation === generation + 1 && sinceRotation <= options.refreshGraceSeconds * 1000
}

async function inspect(context: JwtContext, text: string, use: TokenUse): Promise<TokenFindings> {
  const refresh = readRefreshToken(context.tools.keysFor('refresh-token'), text)
  if (refresh !== null) return use === 'access' ? refused('wrong_type') : inspectRefresh(context, refresh)
  const read = looksLikeJwt(text) ? await context.access.read(text, context.tools.clock.now()) : MALFORMED
  if (read.outcome !== 'good') return refused(read.outcome)
  const { claims } = read
  if (use === 'refresh') return refused('wrong_type', userIdIn(claims.userId))
  const active = await sessionOf(context, claims)
  return active === null ? refused('ended', userIdIn(claims.userId)) : { outcome: 'good', active }
}

const MALFORMED = { outcome: 'malformed' } as const

/** Good is what could still be exchanged. */
async function inspectRefresh(context: JwtContext, token: RefreshToken): Promise<TokenFindings> {
  const active = await context.tools.sessions.find({ digest: digestOfSeed(token.seed) })
  if (active === null || !isLive(active.session, context.tools.clock.now())) return refused('ended')
  const isPresent = token.generation === active.session.generation
  if (isPresent || isInGrace(context, token, active.session)) return { outcome: 'good', active }
  return refused('ended', active.user.id)
}

const refused = (reason: RefusalReason, userId: UserId | null = null): TokenFindings => ({
  outcome: 'refused',
  reason,
  userId,
})

async function pairFor(context: JwtContext, session: Session, refresh: RefreshToken): Promise<IssuedToken> {
  const { tools, access, options } = context
  const issuedAt = tools.clock.now()
  const lifetimeEnd = issuedAt.getTime() + options.accessLifetimeSeconds * 1000
  const expiresAt = new Date(Math.min(lifetimeEnd, session.expiresAt.getTime()))
  const claims = { sessionId: session.id, userId: String(session.userId) }
  const token = await access.sign(claims, { issuedAt, expiresAt })
  const [key] = tools.keysFor('refresh-token')
  const refreshToken = writeRefreshToken(key, refresh)
  return { session, token, expiresAt, refreshToken, refreshExpiresAt: session.idleExpiresAt }
}
