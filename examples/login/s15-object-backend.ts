/**
 * S15: a backend written as a class of its own, without a base class.
 *
 * The seed's does not take the request, so it is passed over without a word; and where it finds several it lets in the first
 * of them without looking at the password. Here an instance of a class is a backend like any other, with state of its own if
 * it likes; it is asked for a verdict about whom it has named, and cannot let in anybody else.
 */
import {
  AuthError,
  type AuthenticationBackend,
  type BackendTools,
  type BackendVerdict,
  type Credentials,
  createAuth,
  type User,
} from 'portress'
import { sqlite } from 'portress/stores/sqlite'

class EitherBackend implements AuthenticationBackend {
  readonly name = 'either'
  #asked = 0

  get asked(): number {
    return this.#asked
  }

  candidates(typed: string, { users, canonical }: BackendTools): Promise<readonly User[]> {
    this.#asked += 1
    return users.findByIdentifier(canonical(typed), ['username', 'email'], 1)
  }

  async authenticate(
    { password }: Credentials,
    [user]: readonly User[],
    { verifyPassword }: BackendTools,
  ): Promise<BackendVerdict> {
    const isRight = await verifyPassword(password, user?.passwordHash ?? null)
    return user !== undefined && isRight ? { outcome: 'proven', user } : { outcome: 'unproven' }
  }
}

const either = new EitherBackend()

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  login: { backends: [either] },
  mounts: {},
})

const password = 'otter by the weir'
await auth.createUser({ username: 'ann', email: 'ann@example.org', password, passwordCheck: 'enforced' })

async function logIn(identifier: string, typed: string): Promise<string> {
  try {
    return `let in as ${(await auth.login({ identifier, password: typed })).user.username}`
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}

console.log('by name:', await logIn('ann', password))
console.log('by address:', await logIn('Ann@Example.org', password))
console.log('with another password:', await logIn('ann', 'whatever it is'))
console.log('asked:', either.asked)

await auth.close()

/* prints:
by name: let in as ann
by address: let in as ann
with another password: invalid_credentials
asked: 3
*/
