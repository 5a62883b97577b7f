import type { AuthenticationBackend } from '../../contracts/authentication-backend.ts'
import { canonicalIdentifier } from '../../model/identifier.ts'
import type { Session } from '../../model/session.ts'
import type { User } from '../../model/user.ts'
import type { Engine } from '../context.ts'
import { assertPresentUser } from './backend-answer.ts'

/**
 * The user of a session as the backend that began it has them now, or `null` where it ends the session. Sessions that none of the
 * configured ones began, such as those after a registration or a social log-in, are the default backend's. Most backends leave
 * this to the store, and then nothing more is asked.
 */
export async function findPresentUser(
  engine: Pick<Engine, 'backends' | 'config' | 'store'>,
  session: Pick<Session, 'userId' | 'backend'>,
  user: User,
): Promise<User | null> {
  const { backends, config, store } = engine
  const named = (wanted: string | null): AuthenticationBackend | undefined =>
    backends.find(({ name }) => name === wanted)
  const backend = named(session.backend) ?? named(config.login.defaultBackend)
  if (backend?.getUser === undefined) return user
  const verifyPassword = (): Promise<boolean> => Promise.resolve(false)
  const present: unknown = await backend.getUser(session.userId, {
    users: store.users,
    verifyPassword,
    canonical: canonicalIdentifier,
  })
  assertPresentUser(backend, present, session.userId)
  return present
}
