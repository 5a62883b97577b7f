import { AuthError } from '../../errors.ts'
import type { CommandContext } from '../context.ts'
import { requireActor } from './require-actor.ts'

/** So long a proof is good for what is dangerous. */
const FRESH_SECONDS = 600

/** So long a proof is remembered at all. */
const KEPT_MILLISECONDS = 86_400_000

/** What a dangerous command is told of how old a proof may be. */
export interface FreshnessInput {
  /** So many seconds ago the operator must have proven to be who they are, at most a day. @default 600 */
  readonly proofSeconds?: number
}

/**
 * Asks that whoever makes the call has given their password lately: at log-in, or since, by `rememberProof`. A browser that
 * was left open is then not enough for what is dangerous.
 *
 * @throws {AuthError} `forbidden` with the reason `proof_too_old`
 */
export async function assertFresh(
  ctx: CommandContext,
  { proofSeconds = FRESH_SECONDS }: FreshnessInput,
): Promise<void> {
  const { session } = requireActor(ctx)
  const oldest = ctx.clock.now().getTime() - proofSeconds * 1000
  // Whoever opened a mail has not proven to be the owner of more than a mailbox.
  const provenAtLogin = session.assurance === 'mailed-code' ? 0 : session.createdAt.getTime()
  if (provenAtLogin >= oldest) return
  if ((await provenSince(ctx, session.id)) >= oldest) return
  throw new AuthError('forbidden', { reason: 'proof_too_old' })
}

/** The password was given once more in this session. */
export async function rememberProof(ctx: CommandContext): Promise<void> {
  const now = ctx.clock.now().getTime()
  const entry = { state: String(now), expiresAt: new Date(now + KEPT_MILLISECONDS), lockedUntil: null }
  await ctx.throttles.update([keyOf(requireActor(ctx).session.id)], () => ({ entries: [entry], result: null }))
}

function provenSince(ctx: CommandContext, sessionId: string): Promise<number> {
  return ctx.throttles.update([keyOf(sessionId)], ([entry = null]) => ({
    entries: [entry],
    result: entry === null ? 0 : Number(entry.state),
  }))
}

const keyOf = (sessionId: string): string => `proof:${sessionId}`
