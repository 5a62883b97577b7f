import type { TokenManager, TokenUse } from '../contracts/token-manager.ts'
import type { ActiveSession, Carrier } from '../model/session.ts'
import { isActive } from '../model/user.ts'
import { type CommandContext, tokenManagerFor } from './context.ts'
import { findPresentUser } from './steps/find-present-user.ts'
import { countTokenMiss, requireTokenText } from './steps/presented-token.ts'
import { refusalBecause, refusedToken } from './steps/refused-token.ts'

export interface VerifyTokenInput {
  readonly token: unknown
  /** What it may be. */
  readonly accepts: TokenUse
  /** Only tokens of this carrier are taken. @default 'simple-jwt' */
  readonly carrier?: Carrier
}

/**
 * Tells whose a token is while it is good and its session lives. Nothing is used up by it, and no use is noted.
 *
 * @throws {AuthError} `token_invalid`, with its `reason` where it is known; `rate_limited`
 */
export async function verifyToken(ctx: CommandContext, input: VerifyTokenInput): Promise<ActiveSession> {
  const { accepts: use, carrier = 'simple-jwt' } = input
  const token = await requireTokenText(ctx, input.token)
  const manager = tokenManagerFor(ctx, carrier)
  const active = await find(manager, token, use)
  const user = active === null ? null : await findPresentUser(ctx, active.session, active.user)
  if (active !== null && user !== null && isActive(user)) return { session: active.session, user }
  await countTokenMiss(ctx)
  throw active === null ? await refusedToken(ctx, { manager, token, use }) : refusalBecause('user_not_active')
}

/** A manager that does not look closely knows only values with which one comes in. */
async function find(manager: TokenManager, token: string, use: TokenUse): Promise<ActiveSession | null> {
  if (manager.inspect !== undefined) {
    const findings = await manager.inspect(token, use)
    return findings.outcome === 'good' ? findings.active : null
  }
  return use === 'refresh' || !manager.recognizes(token) ? null : manager.authenticate(token)
}
