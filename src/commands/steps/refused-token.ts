import type { TokenManager, TokenUse } from '../../contracts/token-manager.ts'
import { AuthError, type RefusalReason } from '../../errors.ts'
import { isActive } from '../../model/user.ts'
import type { Engine } from '../context.ts'

/** A value that was refused, by whom, and as what it was presented. */
export interface RefusedToken {
  /** `null` when the value is of nobody's form. */
  readonly manager: TokenManager | null
  readonly token: string
  readonly use: TokenUse
}

/**
 * The refusal of a value, with its reason as far as the manager can tell. Only a genuine value leads to a look at its
 * user, so strangers learn nothing from it.
 */
export async function refusedToken(engine: Engine, refused: RefusedToken): Promise<AuthError> {
  return refusalBecause(await reasonFor(engine, refused))
}

/** The refusal for a reason that is known already. */
export function refusalBecause(reason: RefusalReason | null): AuthError {
  return new AuthError('token_invalid', reason === null ? {} : { reason })
}

async function reasonFor(engine: Engine, { manager, token, use }: RefusedToken): Promise<RefusalReason | null> {
  if (manager === null) return 'malformed'
  const findings = await manager.inspect?.(token, use)
  if (findings === undefined) return null
  // Good after all: then it was the user who was refused, or it became good meanwhile.
  if (findings.outcome === 'good') return isActive(findings.active.user) ? null : 'user_not_active'
  const { reason, userId } = findings
  if (reason !== 'ended' || userId === null) return reason
  const user = await engine.store.users.findById(userId)
  if (user === null) return 'user_unknown'
  return isActive(user) ? 'ended' : 'user_not_active'
}
