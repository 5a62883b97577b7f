import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Late enough for the first requests to be through: collecting takes some tens of milliseconds. */
const DELAY_MILLISECONDS = 1000

/**
 * Gives back, once, what only the start needed: sources, and the young generation that loading made grow.
 *
 * V8 would keep about 12 MiB of it for as long as a quiet server never fills that space again. Where the engine does
 * not know how, nothing happens.
 */
export function releaseStartMemory(): void {
  setTimeout(collect, DELAY_MILLISECONDS).unref()
}

function collect(): void {
  setFlagsFromString('--expose-gc')
  const collector: unknown = runInNewContext("typeof gc === 'function' ? gc : undefined")
  if (typeof collector === 'function') collector({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
