import type { Carrier } from '../model/session.ts'
import type { CommandContext } from './context.ts'
import { completeLogin, type LoginResult } from './steps/complete-login.ts'
import { takeHandover } from './steps/handover.ts'

export interface ExchangeHandoverCodeInput {
  /** From the address that the browser was sent to at last. */
  readonly code: unknown
  /** The text whose SHA-256 the log-in was begun with. */
  readonly verifier: unknown
  /** @default 'token' */
  readonly carrier?: Carrier
  /** Whether this counts as the user's last log-in. @default true */
  readonly updateLastLogin?: boolean
}

/**
 * Begins the session of a social log-in that was begun with a `challenge`: for a page that keeps its tokens itself, and to
 * which they must not travel in an address.
 *
 * A code is good for a minute and for one session, and only together with what its page kept to itself.
 *
 * @throws {AuthError} `code_invalid`, `rate_limited`; `token_invalid` when the user was disabled meanwhile
 */
export async function exchangeHandoverCode(
  ctx: CommandContext,
  input: ExchangeHandoverCodeInput,
): Promise<LoginResult & { readonly isNew: boolean }> {
  const { carrier = 'token', updateLastLogin = true } = input
  const { user, handover } = await takeHandover(ctx, input)
  const { provider: backend, sessionId, isNew } = handover
  const proven = { sessionId, user, carrier, assurance: 'identity-provider', backend } as const
  return { ...(await completeLogin(ctx, { ...proven, withCookie: false, updateLastLogin })), isNew }
}
