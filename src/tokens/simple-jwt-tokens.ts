import type {
  IssueInput,
  RotateResult,
  TokenFindings,
  TokenManagerFactory,
  TokenTools,
  TokenUse,
} from '../contracts/token-manager.ts'
import { type Account, toAccount } from '../model/account.ts'
import type { ActiveSession, IssuedToken, Session } from '../model/session.ts'
import { hmacSha256, sha256 } from '../util/secrets.ts'
import { looksLikeHs256Jwt } from './hs256-jwt.ts'
import { isLive, newSession } from './new-session.ts'
import { type OwnClaims, type SimpleClaims, type SimpleJwt, simpleJwt } from './simple-jwt.ts'
import { userIdIn } from './user-id-in.ts'

export interface SimpleJwtTokensOptions {
  readonly accessTokenLifetimeSeconds: number
  readonly refreshTokenLifetimeSeconds: number
  /** Each exchange gives a new refresh token, too. */
  readonly rotateRefreshTokens: boolean
  /** The one that was exchanged is refused from then on. */
  readonly blacklistAfterRotation: boolean
  readonly userIdClaim: string
  readonly leewaySeconds: number
  /** How long an exchanged refresh token that comes back is taken for one that was sent twice. */
  readonly refreshGraceSeconds: number
  /** What the application adds to both tokens. */
  readonly claims: (account: Account) => OwnClaims
}

/**
 * Access and refresh tokens in the form of simplejwt, for the carrier `simple-jwt`.
 *
 * The form is the original's; what stands behind it is a session, so that log-out, a new password and a disabled user
 * end both tokens at once. A refresh token's `jti` is derived from the session and its generation: so the row alone tells
 * which of them was exchanged already, and no list of spent tokens is kept.
 */
export function simpleJwtTokens(options: SimpleJwtTokensOptions): TokenManagerFactory {
  return (tools) => {
    const keys = tools.keysFor('simple-jwt')
    const context: SimpleJwtContext = { tools, keys, options, form: simpleJwt({ ...options, keys }) }
    return {
      carriers: ['simple-jwt'],
      recognizes: looksLikeHs256Jwt,
      issue: (input) => issue(context, input),
      async authenticate(token) {
        const read = await context.form.read(token, tools.clock.now())
        return read.outcome === 'good' && read.claims.use === 'access' ? findActive(context, read.claims) : null
      },
      rotate: (refreshToken) => rotate(context, refreshToken),
      inspect: (token, use) => inspect(context, token, use),
      revoke: (session) => tools.sessions.delete(session.id, session.userId),
      publicKeys: () => Promise.resolve([]),
    }
  }
}

interface SimpleJwtContext {
  readonly tools: TokenTools
  readonly keys: readonly [Uint8Array, ...Uint8Array[]]
  readonly options: SimpleJwtTokensOptions
  readonly form: SimpleJwt
}

async function issue(context: SimpleJwtContext, input: IssueInput): Promise<IssuedToken | null> {
  const { tools, keys, options } = context
  // Nothing is looked up by this digest; the label keeps it apart from those that open a session.
  const digest = sha256(`simple-jwt.${refreshId(keys[0], { id: input.sessionId, generation: 0 })}`)
  const begun = newSession(tools, input, digest)
  const idleExpiresAt = sessionEnd(context, begun)
  const session = { ...begun, idleExpiresAt, expiresAt: options.rotateRefreshTokens ? begun.expiresAt : idleExpiresAt }
  // Before there is a session: claims that cannot be signed must leave nothing behind.
  const issued = await pairFor(context, { session, user: input.user })
  return (await tools.sessions.insert(session, input.user)) ? issued : null
}

/**
 * How long the session lasts unless its refresh token is exchanged: as long as an access token that its refresh token
 * gets in the last moment.
 */
function sessionEnd({ tools, options }: SimpleJwtContext, session: Pick<Session, 'expiresAt'>): Date {
  const { accessTokenLifetimeSeconds, refreshTokenLifetimeSeconds, leewaySeconds } = options
  const seconds = refreshTokenLifetimeSeconds + accessTokenLifetimeSeconds + 2 * leewaySeconds
  return new Date(Math.min(tools.clock.now().getTime() + seconds * 1000, session.expiresAt.getTime()))
}

/** The session a genuine token belongs to, while it lives. */
async function findActive({ tools }: SimpleJwtContext, claims: SimpleClaims): Promise<ActiveSession | null> {
  const active = await tools.sessions.find({ id: claims.sessionId })
  if (active === null || !isLive(active.session, tools.clock.now())) return null
  const isRight = active.session.carrier === 'simple-jwt' && String(active.session.userId) === claims.userId
  return isRight ? active : null
}

async function rotate(context: SimpleJwtContext, text: string): Promise<RotateResult> {
  const read = await context.form.read(text, context.tools.clock.now())
  if (read.outcome !== 'good' || read.claims.use !== 'refresh') return { outcome: 'invalid' }
  const active = await findActive(context, read.claims)
  if (active === null) return { outcome: 'invalid' }
  const { session, user } = active
  if (!context.options.rotateRefreshTokens) {
    return { outcome: 'rotated', issued: await accessFor(context, active), user }
  }
  if (isSpent(context, read.claims, session)) return judgeSpent(context, read.claims, session)
  const rotated = await count(context, session)
  if (rotated !== null) return { outcome: 'rotated', issued: await pairFor(context, { session: rotated, user }), user }
  return shareOrRefuse(context, read.claims)
}

function count({ tools, ...context }: SimpleJwtContext, session: Session): Promise<Session | null> {
  return tools.sessions.rotate(session.id, {
    generation: session.generation,
    now: tools.clock.now(),
    idleExpiresAt: sessionEnd({ tools, ...context }, session),
  })
}

/** Somebody exchanged a token of this session at the same moment. Unless that spent ours, both get the same child. */
async function shareOrRefuse(context: SimpleJwtContext, claims: SimpleClaims): Promise<RotateResult> {
  const active = await findActive(context, claims)
  if (active === null || isSpent(context, claims, active.session)) return { outcome: 'invalid' }
  return { outcome: 'rotated', issued: await pairFor(context, active), user: active.user }
}

/** Tells whether the refresh token was exchanged before and is therefore good for nothing. */
function isSpent({ keys, options }: SimpleJwtContext, claims: SimpleClaims, session: Session): boolean {
  if (!options.rotateRefreshTokens || !options.blacklistAfterRotation) return false
  return !keys.some((key) => refreshId(key, session) === claims.id)
}

/** The parent of the present token may have been sent twice; whatever comes back later was copied. */
function judgeSpent({ tools, keys, options }: SimpleJwtContext, claims: SimpleClaims, session: Session): RotateResult {
  const parent = { id: session.id, generation: session.generation - 1 }
  const isParent = keys.some((key) => refreshId(key, parent) === claims.id)
  const sinceRotation = tools.clock.now().getTime() - (session.rotatedAt?.getTime() ?? 0)
  const isGrace = isParent && sinceRotation <= options.refreshGraceSeconds * 1000
  return isGrace ? { outcome: 'invalid' } : { outcome: 'reused', session }
}

async function inspect(context: SimpleJwtContext, token: string, use: TokenUse): Promise<TokenFindings> {
  const read = await context.form.read(token, context.tools.clock.now())
  if (read.outcome === 'missing_claim') {
    return { outcome: 'refused', reason: read.outcome, userId: null, claim: read.claim }
  }
  if (read.outcome !== 'good') return { outcome: 'refused', reason: read.outcome, userId: null }
  const { claims } = read
  const userId = userIdIn(claims.userId)
  if (use !== 'any' && claims.use !== use) return { outcome: 'refused', reason: 'wrong_type', userId }
  const active = await findActive(context, claims)
  const isOver = active === null || (claims.use === 'refresh' && isSpent(context, claims, active.session))
  return isOver ? { outcome: 'refused', reason: 'ended', userId } : { outcome: 'good', active }
}

async function pairFor(context: SimpleJwtContext, active: ActiveSession): Promise<IssuedToken> {
  const { keys, options } = context
  const id = refreshId(keys[0], active.session)
  const refresh = await sign(context, active, { use: 'refresh', id, seconds: options.refreshTokenLifetimeSeconds })
  return { ...(await accessFor(context, active)), refreshToken: refresh.text, refreshExpiresAt: refresh.expiresAt }
}

async function accessFor(context: SimpleJwtContext, active: ActiveSession): Promise<IssuedToken> {
  const { tools, options } = context
  const id = hex(tools.random.bytes(16))
  const access = await sign(context, active, { use: 'access', id, seconds: options.accessTokenLifetimeSeconds })
  const { text: token, expiresAt } = access
  return { session: active.session, token, expiresAt, refreshToken: null, refreshExpiresAt: null }
}

interface Wanted {
  readonly use: SimpleClaims['use']
  readonly id: string
  readonly seconds: number
}

interface Signed {
  readonly text: string
  readonly expiresAt: Date
}

/** No token outlives its session. */
async function sign(context: SimpleJwtContext, active: ActiveSession, { seconds, ...wanted }: Wanted): Promise<Signed> {
  const { tools, form, options } = context
  const { session, user } = active
  const issuedAt = tools.clock.now()
  const expiresAt = new Date(Math.min(issuedAt.getTime() + seconds * 1000, session.expiresAt.getTime()))
  const owner = { sessionId: session.id, userId: String(session.userId) }
  const own = options.claims(toAccount(user))
  return { text: await form.sign({ ...wanted, ...owner, issuedAt, expiresAt }, own), expiresAt }
}

/** The same for every copy of one generation, and nothing that anybody else can compute. */
function refreshId(key: Uint8Array, { id, generation }: Pick<Session, 'id' | 'generation'>): string {
  return hex(hmacSha256(key, `refresh.${id}.${generation}`)).slice(0, 32)
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
