import { hmacSha256 } from '../util/secrets.ts'
import type { Slot } from './pending-work.ts'
import { retryWait } from './retry-wait.ts'
import type { WebhookSettings } from './webhook-options.ts'

export interface WebhookMessage {
  /** What happened. */
  readonly name: string
  readonly at: Date
  readonly body: string
}

/** What became of one try; `null`: it arrived. */
type Failure = { readonly reason: string; readonly isFinal: boolean } | null

/**
 * Sends a message until it has arrived, the receiver wants no more of them, or it was tried often enough.
 *
 * @throws {Error} when it was given up; the message has no address and no secret
 */
export async function deliverWebhook(message: WebhookMessage, settings: WebhookSettings, slot: Slot): Promise<void> {
  // The same for all tries, so that a receiver who got one of them knows the others for what they are.
  const id = `msg_${crypto.randomUUID()}`
  const startedAt = performance.now()
  for (let tried = 1; ; tried += 1) {
    const now = message.at.getTime() + performance.now() - startedAt
    const failure = await slot.run(() => post(message.body, settings, { id, timestamp: Math.floor(now / 1000) }))
    if (failure === null) return
    if (failure.isFinal || tried >= settings.tries) {
      throw new Error(
        `the webhook for ${message.name} was given up after ${tried} of ${settings.tries} tries: ${failure.reason}`,
      )
    }
    await pause(retryWait(settings.firstWaitMilliseconds, tried))
  }
}

interface Attempt {
  readonly id: string
  readonly timestamp: number
}

async function post(body: string, settings: WebhookSettings, { id, timestamp }: Attempt): Promise<Failure> {
  const signed = `${id}.${timestamp}.${body}`
  const signatures = settings.keys.map((key) => `v1,${Buffer.from(hmacSha256(key, signed)).toString('base64')}`)
  const signal = AbortSignal.timeout(settings.timeoutSeconds * 1000)
  try {
    const response = await fetch(settings.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'portress',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signatures.join(' '),
      },
      body,
      // Signed for one receiver: whoever it points to is another.
      redirect: 'manual',
      signal,
    })
    // What it says is of no interest, however long it is.
    await response.body?.cancel()
    return response.ok ? null : { reason: `the answer was ${response.status}`, isFinal: response.status === GONE }
  } catch {
    // What was thrown may name the address.
    return { reason: signal.aborted ? 'no answer in time' : 'no connection', isFinal: false }
  }
}

/** The receiver wants no more of these. */
const GONE = 410

/** Whoever waits for another try keeps no process alive. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    timer.unref()
  })
}
