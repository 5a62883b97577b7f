import { AuthError } from '../errors.ts'
import type { CommandContext } from './context.ts'

/** Whether requests can be served, in words that an outsider may read. */
export interface Readiness {
  readonly isReady: boolean
  readonly store: 'reachable' | 'unreachable'
  /** `faulty`: the schema is not what was migrated. `unknown`: nobody could be asked. */
  readonly migrations: 'current' | 'pending' | 'faulty' | 'unknown'
  /** `null`: locks are kept in the store. */
  readonly throttles: 'reachable' | 'unreachable' | null
}

type ReadinessContext = Pick<CommandContext, 'store' | 'sharedThrottles' | 'logger'>

/**
 * Asks the store whether it is there and its schema is the one this release needs, and whether locks can be kept. What exactly
 * is wrong is logged.
 */
export async function checkReadiness(ctx: ReadinessContext): Promise<Readiness> {
  const [store, throttles] = await Promise.all([checkStore(ctx), checkThrottles(ctx)])
  return { ...store, isReady: store.isReady && throttles !== 'unreachable', throttles }
}

async function checkStore(ctx: ReadinessContext): Promise<Omit<Readiness, 'throttles'>> {
  try {
    const { pending, problems } = await ctx.store.migrations.status()
    if (pending.length === 0 && problems.length === 0) {
      return { isReady: true, store: 'reachable', migrations: 'current' }
    }
    ctx.logger.warn({ pending: pending.map(({ name }) => name), problems }, 'not ready: the schema is not current')
    return { isReady: false, store: 'reachable', migrations: pending.length > 0 ? 'pending' : 'faulty' }
  } catch (error) {
    if (!(error instanceof AuthError) || error.code !== 'unavailable') throw error
    ctx.logger.warn({ err: error }, 'not ready: the store cannot be reached')
    return { isReady: false, store: 'unreachable', migrations: 'unknown' }
  }
}

async function checkThrottles({ sharedThrottles, logger }: ReadinessContext): Promise<Readiness['throttles']> {
  if (sharedThrottles === null) return null
  try {
    await sharedThrottles.check()
    return 'reachable'
  } catch (error) {
    if (!(error instanceof AuthError) || error.code !== 'unavailable') throw error
    logger.warn({ err: error }, 'not ready: locks cannot be kept')
    return 'unreachable'
  }
}
