import { AuthError } from '../errors.ts'
import type { ActiveSession } from '../model/session.ts'
import { isActive } from '../model/user.ts'
import type { Engine } from './context.ts'

/**
 * Finds the session behind a cookie's value or a bearer token, with its user as they are now.
 *
 * Runs on every request: one look-up, no write. A user who may no longer log in has no session.
 *
 * @throws {AuthError} `token_invalid`
 */
export async function authenticate(engine: Engine, token: string): Promise<ActiveSession> {
  const manager = engine.tokens.find((candidate) => candidate.recognizes(token))
  const active = manager === undefined ? null : await manager.authenticate(token)
  if (active === null || !isActive(active.user)) throw new AuthError('token_invalid')
  engine.lastUses.note(active.session)
  return active
}
