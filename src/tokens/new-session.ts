import type { IssueInput, TokenTools } from '../contracts/token-manager.ts'
import type { Session } from '../model/session.ts'

/** The row of a session that begins now, for the digest of its secret. */
export function newSession(tools: TokenTools, input: IssueInput, digest: Uint8Array): Session {
  const { sessionId, user, carrier, assurance, backend, address, userAgent } = input
  const now = tools.clock.now()
  const wishedMilliseconds = (input.lifetimeSeconds ?? Number.POSITIVE_INFINITY) * 1000
  const expiresAt = new Date(now.getTime() + Math.min(tools.lifetimes.absoluteMilliseconds, wishedMilliseconds))
  return {
    id: sessionId,
    userId: user.id,
    digest,
    carrier,
    createdAt: now,
    lastUsedAt: now,
    idleExpiresAt: idleEnd(tools, now, expiresAt),
    expiresAt,
    address,
    userAgent,
    assurance,
    backend,
    generation: 0,
    rotatedAt: null,
  }
}

/** When a session that is used now ends if it is not used again; never after its absolute end. */
export function idleEnd(tools: TokenTools, now: Date, expiresAt: Date): Date {
  return new Date(Math.min(now.getTime() + tools.lifetimes.idleMilliseconds, expiresAt.getTime()))
}

export function isLive(session: Session, now: Date): boolean {
  const moment = now.getTime()
  return moment < session.idleExpiresAt.getTime() && moment < session.expiresAt.getTime()
}
