import type { Clock } from '../../contracts/clock.ts'
import type { EventContext, EventMap, EventName, Listeners } from '../../contracts/hooks.ts'
import type { Logger } from '../../contracts/logger.ts'
import { withoutSecrets } from '../../model/account.ts'
import type { Emit } from '../context.ts'

export interface EmitterOptions {
  readonly listeners: Listeners
  readonly clock: Clock
  readonly logger: Logger
}

/** Calls the application's listeners. One that fails is logged and never changes an answer. */
export function emitter({ listeners, clock, logger }: EmitterOptions): Emit {
  return (name, event, request) => {
    const listener = listenerFor(listeners, name)
    if (listener === undefined) return
    const call = async (): Promise<void> => listener({ ...exposed(event), at: clock.now(), request })
    call().catch((error: unknown) => logger.error({ err: error, event: name }, 'an event listener failed'))
  }
}

/** Listeners write logs and call others: they get no hash and no digest. */
const exposed = <T>(event: T): T => withoutSecrets(event) as T

type Listener<K extends EventName> = (event: EventMap[K] & EventContext) => void | Promise<void>

function listenerFor<K extends EventName>(listeners: Listeners, name: K): Listener<K> | undefined {
  return listeners[name]
}
