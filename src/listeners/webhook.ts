import type { EventContext, EventName, Listeners } from '../contracts/hooks.ts'
import type { RequestInfo } from '../model/request-info.ts'
import { deliverWebhook } from './deliver-webhook.ts'
import { pendingWork } from './pending-work.ts'
import { readWebhookOptions } from './webhook-options.ts'

export interface WebhookOptions {
  /** Where events are sent: `https://…`, or plain HTTP to this machine. */
  readonly url: string
  /**
   * `whsec_` and 24 to 64 random bytes in base64, as the receiver has it. Of several each signs, so that a new one can be
   * put in front before the receiver forgets the old one.
   */
  readonly secret: string | readonly string[]
  /** What is sent. Users are sent with their fields, so name no more than the receiver needs. */
  readonly events: readonly EventName[]
  /** How long each try may take, in seconds. @default 15 */
  readonly timeoutSeconds?: number
  /** How often an event is sent before it is given up. @default 5 */
  readonly tries?: number
  /** The wait before the second try, in milliseconds; each further one is four times as long, a day at most. @default 1000 */
  readonly firstWaitMilliseconds?: number
  /** Events that may be under way or waiting; what comes on top is given up. @default 1000 */
  readonly maxPending?: number
}

/**
 * Sends events to a server of yours, signed as Standard Webhooks has it, so that any of its libraries can verify them.
 *
 * No answer waits for it. An event is sent again under the same id until a status of 2xx comes back; redirects are not
 * followed, and 410 ends it. What is waiting lives in this process alone and is lost with it. An event that is given up is
 * told in the log, without address and secret.
 *
 * @example
 * createAuth({ ...options, events: webhook({ url, secret, events: ['userLockedOut', 'addressLockedOut'] }) })
 *
 * @throws {TypeError} when an option is wrong
 */
export function webhook(options: WebhookOptions): Listeners {
  const settings = readWebhookOptions(options)
  const pending = pendingWork({ maxPending: settings.maxPending, maxAtOnce: MAX_AT_ONCE })
  const send = (name: EventName, event: EventContext): Promise<void> => {
    const body = JSON.stringify(payloadOf(name, event))
    return pending.add((slot) => deliverWebhook({ name, at: event.at, body }, settings, slot))
  }
  return Object.fromEntries(settings.events.map((name) => [name, (event: EventContext) => send(name, event)]))
}

/** Requests under way at the same time, so that a burst of events is none of requests. */
const MAX_AT_ONCE = 8

function payloadOf(type: EventName, { at, request, ...data }: EventContext): object {
  return { type, timestamp: at.toISOString(), data: { ...data, request: request && shownRequest(request) } }
}

/** The device's secret is nothing for others, whatever else the request may carry. */
function shownRequest({
  id,
  address,
  userAgent,
  door,
  language,
}: RequestInfo): Omit<RequestInfo, 'deviceToken' | 'addressBucket'> {
  return { id, address, userAgent, door, language }
}
