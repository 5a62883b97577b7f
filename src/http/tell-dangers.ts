import type { Engine } from '../commands/context.ts'
import type { Mount } from './route-map.ts'

/** To whom it matters: nobody who develops, and no command that serves nobody. */
export function tellDangers({ config, logger }: Engine, mounts: readonly Mount[]): void {
  if (config.environment !== 'production') return
  for (const { dialect } of mounts) {
    for (const danger of dialect.dangers ?? []) logger.warn({ door: dialect.name }, danger)
  }
}
