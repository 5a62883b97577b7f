import type { TokenManager } from '../contracts/token-manager.ts'
import type { ActiveSession, Carrier } from '../model/session.ts'
import { isActive } from '../model/user.ts'
import { type Engine, tokenManagerFor } from './context.ts'
import { findPresentUser } from './steps/find-present-user.ts'
import { refusalBecause, refusedToken } from './steps/refused-token.ts'

/**
 * Finds the session behind a cookie's value or a bearer token, with its user as they are now.
 *
 * Runs on every request: one look-up, no write. A user who may no longer log in has no session, and the backend that
 * recognised the user may say so too. Why a value is refused is found out only then.
 *
 * With a `carrier` no other one is let in, and the value is judged as one of that carrier whatever it looks like.
 *
 * @throws {AuthError} `token_invalid`, with its `reason` where it is known
 */
export async function authenticate(engine: Engine, token: string, carrier?: Carrier): Promise<ActiveSession> {
  const manager = carrier === undefined ? managerOf(engine, token) : tokenManagerFor(engine, carrier)
  const isAsked = carrier === undefined || manager?.recognizes(token) === true
  const found = isAsked && manager !== null ? await manager.authenticate(token) : null
  if (found === null || (carrier !== undefined && found.session.carrier !== carrier))
    throw await refusedToken(engine, { manager, token, use: 'access' })
  const { session } = found
  const user = await findPresentUser(engine, session, found.user)
  if (user === null || !isActive(user)) throw refusalBecause('user_not_active')
  engine.lastUses.note(session)
  return { session, user }
}

function managerOf({ tokens }: Engine, token: string): TokenManager | null {
  return tokens.find((candidate) => candidate.recognizes(token)) ?? null
}
