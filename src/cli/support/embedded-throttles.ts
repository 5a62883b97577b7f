import type { SharedThrottles } from '../../contracts/shared-throttles.ts'

/**
 * Makes what opens the place for locks that the embedded default was given, which nobody has found fault with yet; `null` for the
 * database. The code for Redis is only read where there is one: the start has a budget.
 */
export async function embeddedThrottles(location: string | null): Promise<() => SharedThrottles | null> {
  if (location === null) return () => null
  const { redisThrottles } = await import('../../throttles/redis/index.ts')
  return () => redisThrottles(location)
}
