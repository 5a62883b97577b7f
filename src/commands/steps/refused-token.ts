import type { TokenFindings, TokenManager, TokenUse } from '../../contracts/token-manager.ts'
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
  const { manager, token, use } = refused
  if (manager === null) return refusalBecause('malformed')
  const findings = await manager.inspect?.(token, use)
  return findings === undefined ? refusalBecause(null) : refusalFor(engine, findings)
}

/** The refusal for a reason that is known already. */
export function refusalBecause(reason: RefusalReason | null): AuthError {
  return new AuthError('token_invalid', reason === null ? {} : { reason })
}

/** The refusal of a value that has been looked at. */
export async function refusalFor(engine: Engine, findings: TokenFindings): Promise<AuthError> {
  if (findings.outcome === 'refused' && findings.claim !== undefined) {
    return new AuthError('token_invalid', { reason: findings.reason, claim: findings.claim })
  }
  return refusalBecause(await reasonFor(engine, findings))
}

async function reasonFor(engine: Engine, findings: TokenFindings): Promise<RefusalReason | null> {
  // Good after all: then it was the user who was refused, or it became good meanwhile.
  if (findings.outcome === 'good') return isActive(findings.active.user) ? null : 'user_not_active'
  const { reason, userId } = findings
  if (reason !== 'ended' || userId === null) return reason
  const user = await engine.store.users.findById(userId)
  if (user === null) return 'user_unknown'
  return isActive(user) ? 'ended' : 'user_not_active'
}
