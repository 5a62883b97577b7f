import type {
  IssueInput,
  TokenFindings,
  TokenManagerFactory,
  TokenTools,
  TokenUse,
} from '../contracts/token-manager.ts'
import { farEnd, type IssuedToken, type Session } from '../model/session.ts'
import { equalBytes, hmacSha256, sha256 } from '../util/secrets.ts'
import { isLive } from './new-session.ts'

/** What clients of Django REST framework know as a token key: 160 bits. */
const FORM = /^[0-9a-f]{40}$/

const LENGTH = 40

/**
 * The one token of a user, for the carrier `user-token`: every log-in gets the same until somebody logs out.
 *
 * It must be given again though only its digest is stored, so it is no random value but an HMAC over its row. Neither the
 * table nor the key alone makes one, and a token dies with the key that it was made with.
 *
 * It never ends by itself. Where a log-in wishes for a lifetime, it gets another token, of which the user has one for each
 * lifetime: the same at each log-in until it ends, counted from the first one.
 */
export function userTokens(): TokenManagerFactory {
  return (tools) => ({
    carriers: ['user-token'],
    recognizes: (token) => FORM.test(token),
    issue: (input) => issue(tools, input),
    async authenticate(token) {
      const active = await tools.sessions.find({ digest: digestOf(token) })
      if (active === null || !isLive(active.session, tools.clock.now())) return null
      const { session } = active
      // Found by its digest, so it is the token of this row if there is a key that still makes it.
      return session.carrier === 'user-token' && tokenOf(tools, session) !== null ? active : null
    },
    rotate: () => Promise.resolve({ outcome: 'invalid' }),
    inspect: (token, use) => inspect(tools, token, use),
    revoke: (session) => tools.sessions.delete(session.id, session.userId),
    publicKeys: () => Promise.resolve([]),
  })
}

async function issue(tools: TokenTools, input: IssueInput): Promise<IssuedToken | null> {
  const fresh = freshSession(tools, input)
  const present = await tools.sessions.findOrInsert(fresh, input.user)
  if (present === null) return null
  const issued = isLive(present, tools.clock.now()) ? issuedFor(tools, present) : null
  if (issued !== null) return issued
  // It has ended, or the secret behind it was taken away, and with it everybody's way to this token.
  const replaced = await tools.sessions.findOrInsert(fresh, input.user, { insteadOf: present.digest })
  return replaced && issuedFor(tools, replaced)
}

/** `null` when no key makes the token of this row. */
function issuedFor(tools: TokenTools, session: Session): IssuedToken | null {
  const token = tokenOf(tools, session)
  if (token === null) return null
  return { session, token, expiresAt: session.expiresAt, refreshToken: null, refreshExpiresAt: null }
}

function freshSession({ clock, random, keysFor }: TokenTools, input: IssueInput): Session {
  const { user, carrier, backend, address, userAgent, lifetimeSeconds } = input
  const now = clock.now()
  const expiresAt = lifetimeSeconds === undefined ? farEnd() : new Date(now.getTime() + lifetimeSeconds * 1000)
  const derived = { id: handleOf(input), createdAt: now, generation: randomNumber(random) }
  const [key] = keysFor('user-token')
  return {
    ...derived,
    userId: user.id,
    digest: digestOf(derive(key, derived)),
    carrier,
    lastUsedAt: now,
    idleExpiresAt: expiresAt,
    expiresAt,
    address,
    userAgent,
    // However this log-in was proven: whoever proves the least is given the same token.
    assurance: 'password',
    backend,
    rotatedAt: null,
  }
}

/** One for a user and a lifetime, so that a door with another lifetime neither shortens a token nor lengthens it. */
function handleOf({ user, lifetimeSeconds }: IssueInput): string {
  const handle = `user-token.${typeof user.id}.${user.id}`
  return lifetimeSeconds === undefined ? handle : `${handle}.${lifetimeSeconds}`
}

async function inspect(tools: TokenTools, token: string, use: TokenUse): Promise<TokenFindings> {
  if (!FORM.test(token)) return refused('malformed')
  if (use === 'refresh') return refused('wrong_type')
  const active = await tools.sessions.find({ digest: digestOf(token) })
  // One that never was is not told from one that is gone.
  if (active === null || tokenOf(tools, active.session) === null) return refused('ended')
  return isLive(active.session, tools.clock.now()) ? { outcome: 'good', active } : refused('expired')
}

const refused = (reason: 'malformed' | 'wrong_type' | 'ended' | 'expired'): TokenFindings => ({
  outcome: 'refused',
  reason,
  userId: null,
})

/** 31 bits, which every database's integers hold: two log-ins of one millisecond must not make the same token. */
function randomNumber(random: TokenTools['random']): number {
  const bytes = random.bytes(4)
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) >>> 1
}

function tokenOf({ keysFor }: TokenTools, session: Session): string | null {
  const tokens = keysFor('user-token').map((key) => derive(key, session))
  return tokens.find((token) => equalBytes(digestOf(token), session.digest)) ?? null
}

type Derived = Pick<Session, 'id' | 'createdAt' | 'generation'>

function derive(key: Uint8Array, { id, createdAt, generation }: Derived): string {
  const mac = hmacSha256(key, `${id}.${createdAt.getTime()}.${generation}`)
  return Buffer.from(mac).toString('hex').slice(0, LENGTH)
}

/** The label keeps it apart from the digest of an opaque token. */
const digestOf = (token: string): Uint8Array => sha256(`user-token.${token}`)
