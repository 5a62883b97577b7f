import type { TokenManager } from '../contracts/token-manager.ts'
import type { ActiveSession, Carrier } from '../model/session.ts'
import { type CommandContext, tokenManagerFor } from './context.ts'
import { countTokenMiss, requireTokenText } from './steps/presented-token.ts'
import { refusalBecause, refusalFor } from './steps/refused-token.ts'

export interface RevokeTokenInput {
  readonly refreshToken: unknown
  /** Only refresh tokens of this carrier are taken. @default 'jwt' */
  readonly carrier?: Extract<Carrier, 'jwt' | 'simple-jwt'>
}

/**
 * Ends the session behind a refresh token, its access tokens with it (RFC 7009). Nobody needs to be logged in: whoever
 * holds the token may give it up. One that could not be exchanged any more ends nothing.
 *
 * @throws {AuthError} `token_invalid`, with its `reason` where it is known; `rate_limited`
 */
export async function revokeToken(ctx: CommandContext, input: RevokeTokenInput): Promise<void> {
  const { carrier = 'jwt' } = input
  const token = await requireTokenText(ctx, input.refreshToken)
  const manager = tokenManagerFor(ctx, carrier)
  const { session, user } = await requireActive(ctx, manager, token)
  if (!(await manager.revoke(session))) {
    await countTokenMiss(ctx)
    throw refusalBecause('ended')
  }
  await ctx.store.attempts.markLoggedOut([session.id], ctx.clock.now())
  ctx.emit('userLoggedOut', { user, session }, ctx.request)
}

async function requireActive(ctx: CommandContext, manager: TokenManager, token: string): Promise<ActiveSession> {
  const findings = await manager.inspect?.(token, 'refresh')
  if (findings === undefined) {
    throw new TypeError(
      `the token manager for ${manager.carriers.join(', ')} has no inspect(), which revokeToken needs`,
    )
  }
  if (findings.outcome === 'good') return findings.active
  await countTokenMiss(ctx)
  throw await refusalFor(ctx, findings)
}
