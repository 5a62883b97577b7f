/**
 * S14: whether something is looked up as a name or as an address is decided by an `@` in it.
 *
 * The seed does so by changing, at run time, what the user model calls its log-in field: one request decides for all others, and it
 * stays that way. Here the decision is a value inside the backend, so log-ins at the same time have nothing to do with each
 * other.
 */
import { AuthError, type AuthenticationBackend, createAuth, passwordBackend } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

const byName = passwordBackend({ identifiers: ['username'] })
const byAddress = passwordBackend({ identifiers: ['email'] })

const byAtSign: AuthenticationBackend = {
  ...byName,
  name: 'at-sign',
  identifiers: ['username', 'email'],
  candidates: (typed, tools) => (typed.includes('@') ? byAddress : byName).candidates(typed, tools),
}

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  login: { backends: [byAtSign] },
  mounts: {},
})

const password = 'otter by the weir'
for (const username of ['ann', 'bob']) {
  await auth.createUser({ username, email: `${username}@example.org`, password, passwordCheck: 'enforced' })
}

async function logIn(identifier: string): Promise<string> {
  try {
    return `${identifier} is ${(await auth.login({ identifier, password })).user.username}`
  } catch (error) {
    if (error instanceof AuthError) return `${identifier}: ${error.code}`
    throw error
  }
}

// All at once.
const typed = ['ann', 'bob@example.org', 'ann@example.org', 'bob', 'nobody', 'nobody@example.org']
for (const line of await Promise.all(typed.map(logIn))) console.log(line)

await auth.close()

/* prints:
ann is ann
bob@example.org is bob
ann@example.org is ann
bob is bob
nobody: invalid_credentials
nobody@example.org: invalid_credentials
*/
