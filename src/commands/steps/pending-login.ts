import type { JsonValue } from '../../model/field.ts'
import type { UserId } from '../../model/user.ts'
import { fromBase64Url, toBase64Url } from '../../util/base64url.ts'
import { seal, sha256, unseal } from '../../util/secrets.ts'
import type { CommandContext } from '../context.ts'

/** How long somebody may take at the provider. */
export const PENDING_SECONDS = 600

/** A log-in by way of a redirect, between its beginning and its callback. The browser carries it, sealed. */
export interface PendingLogin {
  readonly provider: string
  readonly state: string
  /** The parameter by which the callback must name this log-in. */
  readonly echo: { readonly parameter: string; readonly value: string }
  readonly kept: JsonValue
  readonly redirectUri: string
  readonly purpose: PendingPurpose
  /** Where the browser goes at last, as it was asked for. */
  readonly next: string | null
  /** In milliseconds. */
  readonly expiresAt: number
}

/** What becomes of whom the provider proves. */
export type PendingPurpose =
  | { readonly kind: 'login' }
  /** For a page that keeps tokens itself: `challenge` is the SHA-256 of what only that page knows. */
  | { readonly kind: 'hand-over'; readonly challenge: string }
  /** Only for the very session that began it. */
  | { readonly kind: 'connect'; readonly userId: UserId; readonly sessionId: string }

/** Browsers keep cookies of 4,096 bytes with their names and attributes (RFC 6265 §6.1). */
const MAX_LENGTH = 3800

/**
 * The value of the cookie.
 *
 * @throws {TypeError} where the provider wants more kept than a cookie holds
 */
export function sealPending(ctx: CommandContext, pending: PendingLogin): string {
  const [key] = ctx.keys.keysFor('social-state')
  const value = toBase64Url(seal(key, ctx.random.bytes(12), JSON.stringify(pending)))
  if (value.length > MAX_LENGTH)
    throw new TypeError(`the provider "${pending.provider}" keeps more than a cookie holds`)
  return value
}

/** What the cookie holds, or `null` where it is none of ours, was changed, or is too old. */
export function openPending(ctx: CommandContext, value: unknown): PendingLogin | null {
  const sealed = typeof value === 'string' && value.length <= MAX_LENGTH ? fromBase64Url(value) : null
  if (sealed === null) return null
  for (const key of ctx.keys.keysFor('social-state')) {
    const text = unseal(key, sealed)
    if (text === null) continue
    // Sealed by us, so it is as it was written.
    const pending = JSON.parse(text) as PendingLogin
    return ctx.clock.now().getTime() < pending.expiresAt ? pending : null
  }
  return null
}

/** Uses the log-in up. Of any number of callbacks for it, in however many processes, exactly one gets `true`. */
export function claimPending(ctx: CommandContext, { state, expiresAt }: PendingLogin): Promise<boolean> {
  const used = { state: 'used', expiresAt: new Date(expiresAt), lockedUntil: null }
  return ctx.throttles.update([`social:${toBase64Url(sha256(state))}`], ([entry = null]) =>
    entry === null ? { entries: [used], result: true } : { entries: [entry], result: false },
  )
}
