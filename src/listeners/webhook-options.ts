import type { EventName } from '../contracts/hooks.ts'
import { collectProblems, type Problems } from '../util/option-problems.ts'

/** As they are written in a configuration; nothing is known of them yet. */
type Given = Readonly<Record<string, unknown>>

export interface WebhookSettings {
  readonly url: string
  readonly keys: readonly Uint8Array[]
  readonly events: readonly EventName[]
  readonly timeoutSeconds: number
  readonly tries: number
  readonly firstWaitMilliseconds: number
  readonly maxPending: number
}

/**
 * Fills in the defaults and checks everything, so that a mistake is seen at the start and not when it matters.
 *
 * @throws {TypeError} with one line a problem; neither the secret nor the address is in it
 */
export function readWebhookOptions(options: object): WebhookSettings {
  const problems = collectProblems()
  const given: Given = { ...options }
  problems.onlyKnown('', given, NAMES)
  const number = (name: string, value: number, bounds: { readonly min: number; readonly max: number }): number => {
    const wanted = given[name] ?? value
    return problems.wholeNumber(name, wanted, bounds) ? Number(wanted) : value
  }
  const settings = {
    url: readUrl(given['url'], problems),
    keys: readSecrets(given['secret'], problems),
    events: readEvents(given['events'], problems),
    timeoutSeconds: number('timeoutSeconds', 15, { min: 1, max: 60 }),
    tries: number('tries', 5, { min: 1, max: 10 }),
    firstWaitMilliseconds: number('firstWaitMilliseconds', 1000, { min: 1, max: 60_000 }),
    maxPending: number('maxPending', 1000, { min: 1, max: 100_000 }),
  }
  problems.throwIfAny('The webhook cannot be used')
  return settings
}

const NAMES = ['url', 'secret', 'events', 'timeoutSeconds', 'tries', 'firstWaitMilliseconds', 'maxPending']

/** Addresses may hold a secret of their own, so none is shown. */
function readUrl(given: unknown, problems: Problems): string {
  const url = typeof given === 'string' ? URL.parse(given) : null
  const isHere = url !== null && LOOPBACK.has(url.hostname)
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere)
  const isPlain = url?.username === '' && url.password === ''
  if (!isSafe || !isPlain) {
    problems.add(
      'url',
      'must be like https://hooks.example.org/portress, without a user; plain http only on this machine',
    )
  }
  return url?.href ?? ''
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

function readSecrets(given: unknown, problems: Problems): readonly Uint8Array[] {
  const secrets: readonly unknown[] = Array.isArray(given) ? given : [given]
  const keys = secrets.flatMap((secret) => readKey(secret) ?? [])
  if (keys.length === 0 || keys.length < secrets.length) {
    problems.add(
      'secret',
      'must be whsec_ and 24 to 64 bytes in base64, such as what `echo "whsec_$(openssl rand -base64 32)"` prints',
    )
  }
  return keys
}

function readKey(secret: unknown): Uint8Array | null {
  if (typeof secret !== 'string') return null
  const [, text] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? []
  if (text === undefined) return null
  const key = Buffer.from(text, 'base64')
  return key.length >= 24 && key.length <= 64 ? key : null
}

/** Which names there are is known to `createAuth`, which refuses others. */
function readEvents(given: unknown, problems: Problems): readonly EventName[] {
  if (problems.texts('events', given) && Array.isArray(given) && given.length > 0) return given
  if (Array.isArray(given) && given.length === 0)
    problems.add('events', 'must name at least one, such as "userLockedOut"')
  return []
}
