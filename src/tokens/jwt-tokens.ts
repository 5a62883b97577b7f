import type { IssueInput, RotateResult, TokenManagerFactory, TokenTools } from '../contracts/token-manager.ts'
import type { ActiveSession, IssuedToken, Session } from '../model/session.ts'
import { type AccessTokens, accessTokens } from './access-token.ts'
import { idleEnd, isLive, newSession } from './new-session.ts'
import { recentSessions } from './recent-sessions.ts'
import { digestOfSeed, newSeed, type RefreshToken, readRefreshToken, writeRefreshToken } from './refresh-token.ts'

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
    const context: JwtContext = { tools, access, options }
    const recent = options.stateless ? recentSessions(tools.clock, options.accessLifetimeSeconds) : null
    const findActive = async (sessionId: string): Promise<ActiveSession | null> => {
      const known = recent?.get(sessionId)
      if (known !== undefined) return known
      const active = await tools.sessions.find({ id: sessionId })
      if (active !== null) recent?.set(sessionId, active)
      return active
    }
    return {
      carriers: ['jwt'],
      recognizes: (token) => token.length <= MAX_LENGTH && FORM.test(token),
      issue: (input) => issue(context, input),
      async authenticate(token) {
        const now = tools.clock.now()
        const claims = await access.read(token, now)
        if (claims === null) return null
        const active = await findActive(claims.sessionId)
        const isRight = active !== null && String(active.user.id) === claims.userId && isLive(active.session, now)
        return isRight && active.session.carrier === 'jwt' ? active : null
      },
      rotate: (refreshToken) => rotate(context, refreshToken),
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
  const { tools, options } = context
  const now = tools.clock.now()
  const active = await tools.sessions.find({ digest: digestOfSeed(token.seed) })
  if (active === null || !isLive(active.session, now)) return { outcome: 'invalid' }
  const { session, user } = active
  if (token.generation > session.generation) return { outcome: 'invalid' }
  const sinceRotation = now.getTime() - (session.rotatedAt?.getTime() ?? 0)
  const isGrace = session.generation === child.generation && sinceRotation <= options.refreshGraceSeconds * 1000
  if (!isGrace) return { outcome: 'reused', session }
  return { outcome: 'rotated', issued: await pairFor(context, session, child), user }
}

async function pairFor(context: JwtContext, session: Session, refresh: RefreshToken): Promise<IssuedToken> {
  const { tools, access, options } = context
  const issuedAt = tools.clock.now()
  const lifetimeEnd = issuedAt.getTime() + options.accessLifetimeSeconds * 1000
  const expiresAt = new Date(Math.min(lifetimeEnd, session.expiresAt.getTime()))
  const claims = { sessionId: session.id, userId: String(session.userId) }
  const token = await access.sign(claims, { issuedAt, expiresAt })
  const [key] = tools.keysFor('refresh-token')
  return { session, token, expiresAt, refreshToken: writeRefreshToken(key, refresh) }
}
