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
  const retryAfterSeconds = await passLimit(ctx, name, subject)
  if (retryAfterSeconds > 0) throw new AuthError('rate_limited', { retryAfterSeconds })
}

/** Counts one call and tells after how many seconds another may pass; 0 when this one passed. */
export async function passLimit(
  ctx: Pick<CommandContext, 'config' | 'throttles' | 'clock'>,
  name: LimitName,
  subject: string,
): Promise<number> {
  const limit = ctx.config.rateLimits[name]
  if (limit === null) return 0
  const now = ctx.clock.now().getTime()
  const policy = { count: limit.count, periodMilliseconds: limit.perSeconds * 1000 }
  return ctx.throttles.update([`rate:${name}:${subject}`], ([entry = null]) => {
    const passed = passRateLimit(entry === null ? 0 : Number(entry.state), now, policy)
    if (passed.outcome === 'refused') {
      return { entries: [entry], result: Math.max(1, Math.ceil((passed.retryAt - now) / 1000)) }
    }
    const state = { state: String(passed.usedUpTo), expiresAt: new Date(passed.usedUpTo), lockedUntil: null }
    return { entries: [state], result: 0 }
  })
}
