import { AuthError } from '../errors.ts'
import type { IssuedToken } from '../model/session.ts'
import { isActive, type User } from '../model/user.ts'
import { type CommandContext, tokenManagerFor } from './context.ts'
import { limitByAddress } from './steps/limit-rate.ts'

export interface RotateTokenInput {
  readonly refreshToken: unknown
}

export interface RotateTokenResult {
  readonly user: User
  readonly issued: IssuedToken
}

/** Longer texts are no refresh token, whatever they hold. */
const MAX_TOKEN_LENGTH = 8192

/**
 * Exchanges a refresh token for its only child. One that comes back after its child was used ends the session, because
 * two parties hold it.
 *
 * @throws {AuthError} `token_invalid`, `rate_limited`
 */
export async function rotateToken(ctx: CommandContext, { refreshToken }: RotateTokenInput): Promise<RotateTokenResult> {
  if (typeof refreshToken !== 'string' || refreshToken.length > MAX_TOKEN_LENGTH) return refuse(ctx)
  const manager = tokenManagerFor(ctx, 'jwt')
  const rotated = await manager.rotate(refreshToken)
  if (rotated.outcome === 'reused') {
    await manager.revoke(rotated.session)
    ctx.emit('tokenReused', { session: rotated.session }, ctx.request)
  }
  if (rotated.outcome !== 'rotated' || !isActive(rotated.user)) return refuse(ctx)
  return { user: rotated.user, issued: rotated.issued }
}

/** Only misses are counted: nobody's good token suffers from what others of one address try. */
async function refuse(ctx: CommandContext): Promise<never> {
  await limitByAddress(ctx, 'codesPerAddress')
  throw new AuthError('token_invalid')
}
