import type { RefusalReason } from '../errors.ts'
import type { Carrier, IssuedToken } from '../model/session.ts'
import { isActive, type User } from '../model/user.ts'
import { type CommandContext, tokenManagerFor } from './context.ts'
import { findPresentUser } from './steps/find-present-user.ts'
import { countTokenMiss, requireTokenText } from './steps/presented-token.ts'
import { refusalBecause, refusedToken } from './steps/refused-token.ts'

export interface RotateTokenInput {
  readonly refreshToken: unknown
  /** Only refresh tokens of this carrier are taken. @default 'jwt' */
  readonly carrier?: Extract<Carrier, 'jwt' | 'simple-jwt'>
}

export interface RotateTokenResult {
  readonly user: User
  readonly issued: IssuedToken
}

/**
 * Exchanges a refresh token, with the carrier `jwt` for its only child. One that comes back after its child was used ends
 * the session, because two parties hold it.
 *
 * @throws {AuthError} `token_invalid`, with its `reason` where it is known; `rate_limited`
 */
export async function rotateToken(ctx: CommandContext, input: RotateTokenInput): Promise<RotateTokenResult> {
  const { carrier = 'jwt' } = input
  const token = await requireTokenText(ctx, input.refreshToken)
  const manager = tokenManagerFor(ctx, carrier)
  const rotated = await manager.rotate(token)
  switch (rotated.outcome) {
    case 'rotated': {
      const user = await findPresentUser(ctx, rotated.issued.session, rotated.user)
      if (user === null || !isActive(user)) return refuse(ctx, 'user_not_active')
      return { user, issued: rotated.issued }
    }
    case 'reused':
      await manager.revoke(rotated.session)
      ctx.emit('tokenReused', { session: rotated.session }, ctx.request)
      return refuse(ctx, 'ended')
    case 'invalid':
      await countTokenMiss(ctx)
      throw await refusedToken(ctx, { manager, token, use: 'refresh' })
  }
}

async function refuse(ctx: CommandContext, reason: RefusalReason): Promise<never> {
  await countTokenMiss(ctx)
  throw refusalBecause(reason)
}
