import type { RateLimit } from '../../config/options.ts'
import { AuthError } from '../../errors.ts'
import { passSlidingWindow } from '../../model/sliding-window.ts'
import type { CommandContext } from '../context.ts'

export interface CountedRequest {
  /** What is counted together. Short and plain: it becomes part of a key. */
  readonly scope: string
  /** Every request within the period is kept, so this is for limits of tens or hundreds. */
  readonly limit: RateLimit
}

/**
 * Counts a request of the caller, as the user who they are or else by their address: no more than the limit within any
 * period, however many arrive at once. A refused one is not counted.
 *
 * @throws {AuthError} `rate_limited`
 */
export async function countRequest(ctx: CommandContext, { scope, limit }: CountedRequest): Promise<void> {
  const now = ctx.clock.now().getTime()
  const policy = { count: limit.count, periodMilliseconds: limit.perSeconds * 1000 }
  const retryAt = await ctx.throttles.update([keyOf(ctx, scope)], ([entry = null]) => {
    const passed = passSlidingWindow(entry === null ? [] : entry.state.split(',').map(Number), now, policy)
    if (passed.outcome === 'refused') return { entries: [entry], result: passed.retryAt }
    const expiresAt = new Date(now + policy.periodMilliseconds)
    return { entries: [{ state: passed.passes.join(','), expiresAt, lockedUntil: null }], result: null }
  })
  if (retryAt === null) return
  throw new AuthError('rate_limited', { retryAfterSeconds: Math.max(1, Math.ceil((retryAt - now) / 1000)) })
}

/** Whoever has logged in keeps their count from wherever they call. */
function keyOf({ actor, request }: CommandContext, scope: string): string {
  const caller = actor === null ? `address:${request.addressBucket}` : `user:${actor.user.id}`
  return `requests:${scope}:${caller}`
}
