import type { RateLimit } from '../../config/options.ts'
import type { ResolvedConfig } from '../../config/resolved-config.ts'
import { AuthError } from '../../errors.ts'
import { passRateLimit } from '../../model/rate-limit.ts'
import type { CommandContext } from '../context.ts'

type LimitName = keyof ResolvedConfig['rateLimits']

/**
 * Counts one call of the caller's address against a limit.
 *
 * @throws {AuthError} `rate_limited`
 */
export async function limitByAddress(ctx: CommandContext, name: LimitName): Promise<void> {
  await assertWithinLimit(ctx, name, ctx.request.addressBucket)
}

/** @throws {AuthError} `rate_limited` */
export async function assertWithinLimit(ctx: CommandContext, name: LimitName, subject: string): Promise<void> {
  const limit = ctx.config.rateLimits[name]
  if (limit === null) return
  const retryAfterSeconds = await passLimit(ctx, `rate:${name}:${subject}`, limit)
  if (retryAfterSeconds > 0) throw new AuthError('rate_limited', { retryAfterSeconds })
}

/** Counts one call under the key and tells after how many seconds another may pass; 0 when this one passed. */
export async function passLimit(
  engine: Pick<CommandContext, 'throttles' | 'clock'>,
  key: string,
  limit: RateLimit,
): Promise<number> {
  const now = engine.clock.now().getTime()
  const policy = { count: limit.count, periodMilliseconds: limit.perSeconds * 1000 }
  return engine.throttles.update([key], ([entry = null]) => {
    const passed = passRateLimit(entry === null ? 0 : Number(entry.state), now, policy)
    if (passed.outcome === 'refused') {
      return { entries: [entry], result: Math.max(1, Math.ceil((passed.retryAt - now) / 1000)) }
    }
    const state = { state: String(passed.usedUpTo), expiresAt: new Date(passed.usedUpTo), lockedUntil: null }
    return { entries: [state], result: 0 }
  })
}
