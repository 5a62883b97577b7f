import type { Readiness } from '../../commands/check-readiness.ts'
import type { CommandContext } from '../../commands/context.ts'

/** How long a good answer is given again. */
const GOOD_FOR_MILLISECONDS = 1000

/**
 * Keeps `/ready` from multiplying load: a good answer serves everybody for a second, and whoever asks while a check is
 * under way waits for that one. A bad answer is not kept, so that recovery is seen at once.
 */
export function rememberReady(
  check: (ctx: CommandContext) => Promise<Readiness>,
): (ctx: CommandContext) => Promise<Readiness> {
  let good: { readonly readiness: Readiness; readonly at: number } | null = null
  let running: Promise<Readiness> | null = null
  const ask = async (ctx: CommandContext, at: number): Promise<Readiness> => {
    try {
      const readiness = await check(ctx)
      good = readiness.isReady ? { readiness, at } : null
      return readiness
    } finally {
      running = null
    }
  }
  return (ctx) => {
    const now = ctx.clock.now().getTime()
    const age = good === null ? Number.POSITIVE_INFINITY : now - good.at
    // A clock that was set back must not keep an answer for longer.
    if (good !== null && age >= 0 && age < GOOD_FOR_MILLISECONDS) return Promise.resolve(good.readiness)
    running ??= ask(ctx, now)
    return running
  }
}
