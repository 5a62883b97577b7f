import { canonicalIdentifier } from '../model/identifier.ts'
import type { ActiveSession } from '../model/session.ts'
import { isActive } from '../model/user.ts'
import type { Engine } from './context.ts'
import { refusalBecause, refusedToken } from './steps/refused-token.ts'

/**
 * Finds the session behind a cookie's value or a bearer token, with its user as they are now.
 *
 * Runs on every request: one look-up, no write. A user who may no longer log in has no session, and the backend that
 * recognised the user may say so too. Why a value is refused is found out only then.
 *
 * @throws {AuthError} `token_invalid`, with its `reason` where it is known
 */
export async function authenticate(engine: Engine, token: string): Promise<ActiveSession> {
  const manager = engine.tokens.find((candidate) => candidate.recognizes(token)) ?? null
  const found = manager && (await manager.authenticate(token))
  if (found === null) throw await refusedToken(engine, { manager, token, use: 'access' })
  const active = await askBackend(engine, found)
  if (active === null || !isActive(active.user)) throw refusalBecause('user_not_active')
  engine.lastUses.note(active.session)
  return active
}

/** Most backends leave this to the store, and then nothing more is asked. */
async function askBackend(engine: Engine, { session, user }: ActiveSession): Promise<ActiveSession | null> {
  const backend = engine.backends.find(({ name }) => name === session.backend)
  if (backend?.getUser === undefined) return { session, user }
  const verifyPassword = (): Promise<boolean> => Promise.resolve(false)
  const tools = { users: engine.store.users, verifyPassword, canonical: canonicalIdentifier }
  const present = await backend.getUser(session.userId, tools)
  return present === null ? null : { session, user: present }
}
