/**
 * S10: S6 without the branch for several matches, and with a hash for a name that nobody has.
 *
 * In the seed several matches are a crash, and equal work is something that each backend has to remember. Here the gate sees
 * to it: whatever the backends found, however they judged, and also during a lock, a refusal costs the same.
 */
import { AuthError, createAuth } from 'portress'
import { hashLane } from 'portress/hashers/hash-lane'
import { sqlite } from 'portress/stores/sqlite'

const hasher = hashLane({ argon2: { memoryKiB: 8192, passes: 1, parallelism: 1 }, workers: 1, maxQueueSeconds: 3 })

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  // The default hasher, held here so that its work can be counted.
  passwords: { hasher },
  mounts: {},
})

const password = 'otter by the weir'
const add = (username: string) =>
  auth.createUser({ username, email: `${username}@example.org`, password, passwordCheck: 'enforced' })

await add('ann')
const barred = await add('bob')
await auth.setStatus({ userId: barred.id, status: 'disabled' })

async function logIn(what: string, identifier: string, typed = password): Promise<void> {
  const before = hasher.evaluations()
  const answer = await auth.login({ identifier, password: typed }).then(
    () => 'let in',
    (error: unknown) => (error instanceof AuthError ? error.code : String(error)),
  )
  console.log(`${what}: ${answer}, hashes: ${hasher.evaluations() - before}`)
}

await logIn('by name', 'ann')
await logIn('by address', 'ann@example.org')
await logIn('wrong', 'ann@example.org', 'whatever it is')
await logIn('unknown name', 'nobody')
await logIn('unknown address', 'nobody@example.org')
await logIn('inactive', 'bob')
for (const guess of ['first guess', 'second guess']) await logIn(guess, 'ann', guess)
await logIn('locked, right password', 'ann')

await auth.close()

/* prints:
by name: let in, hashes: 1
by address: let in, hashes: 1
wrong: invalid_credentials, hashes: 1
unknown name: invalid_credentials, hashes: 1
unknown address: invalid_credentials, hashes: 1
inactive: invalid_credentials, hashes: 1
first guess: invalid_credentials, hashes: 1
second guess: invalid_credentials, hashes: 1
locked, right password: invalid_credentials, hashes: 1
*/
