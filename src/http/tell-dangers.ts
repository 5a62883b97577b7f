import type { Engine } from '../commands/context.ts'
import type { Mount } from './route-map.ts'

/** Once somebody is served: a command line serves nobody. */
export function tellDangers({ config, logger }: Engine, mounts: readonly Mount[]): void {
  for (const { dialect } of mounts) {
    if (dialect.isBuiltIn === true && config.environment === 'development') continue
    for (const danger of dialect.dangers ?? []) logger.warn({ door: dialect.name }, danger)
  }
}
