/**
 * S13: the user name or the address, in any case, written down in the plainest way, with nothing about work or state.
 *
 * In the seed the plain way is the unsafe one: a name that nobody has is answered at once, two matches are a crash, and inactive
 * users pass. Here is a backend that is just as plain, with the same mistake in it, and what the gate makes of it: it makes up for
 * the hash, and asks about the state itself.
 */
import { AuthError, type AuthenticationBackend, createAuth } from 'portress'
import { hashLane } from 'portress/hashers/hash-lane'
import { sqlite } from 'portress/stores/sqlite'

const plain: AuthenticationBackend = {
  name: 'plain',
  candidates: (typed, { users, canonical }) => users.findByIdentifier(canonical(typed), ['username', 'email'], 1),
  async authenticate({ password }, [user], { verifyPassword }) {
    if (user === undefined) return { outcome: 'unproven' }
    return (await verifyPassword(password, user.passwordHash)) ? { outcome: 'proven', user } : { outcome: 'unproven' }
  },
}

const hasher = hashLane({ argon2: { memoryKiB: 8192, passes: 1, parallelism: 1 }, workers: 1, maxQueueSeconds: 3 })

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { hasher },
  login: { backends: [plain] },
  mounts: {},
})

const password = 'otter by the weir'
const ann = await auth.createUser({ username: 'ann', email: 'ann@example.org', password, passwordCheck: 'enforced' })

async function logIn(what: string, identifier: string): Promise<void> {
  const before = hasher.evaluations()
  const answer = await auth.login({ identifier, password }).then(
    () => 'let in',
    (error: unknown) => (error instanceof AuthError ? error.code : String(error)),
  )
  console.log(`${what}: ${answer}, hashes: ${hasher.evaluations() - before}`)
}

await logIn('by name', 'Ann')
await logIn('by address', 'ANN@example.org')
await logIn('unknown', 'nobody')
await auth.setStatus({ userId: ann.id, status: 'disabled' })
await logIn('inactive', 'ann')

await auth.close()

/* prints:
by name: let in, hashes: 1
by address: let in, hashes: 1
unknown: invalid_credentials, hashes: 1
inactive: invalid_credentials, hashes: 1
*/
