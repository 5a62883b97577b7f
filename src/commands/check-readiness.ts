import { AuthError } from '../errors.ts'
import type { CommandContext } from './context.ts'

/** Whether requests can be served, in words that an outsider may read. */
export interface Readiness {
  readonly isReady: boolean
  readonly store: 'reachable' | 'unreachable'
  /** `faulty`: the schema is not what was migrated. `unknown`: nobody could be asked. */
  readonly migrations: 'current' | 'pending' | 'faulty' | 'unknown'
}

/** Asks the store whether it is there and its schema is the one this release needs. What exactly is wrong is logged. */
export async function checkReadiness(ctx: Pick<CommandContext, 'store' | 'logger'>): Promise<Readiness> {
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
