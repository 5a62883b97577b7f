/**
 * S9: the user name or the address, taking the first of all who match.
 *
 * The seed never gets as far: its backend does not take the request, so the framework passes over it without a word, and
 * nobody can log in. Here a backend of a wrong shape is an error at the start, one that answers something else than a verdict
 * is an error that says what to write, and of those who match it is the password that tells who is meant.
 */
import { AuthError, type AuthenticationBackend, createAuth, passwordBackend } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

const open = (backend: AuthenticationBackend) =>
  createAuth({
    store: sqlite(':memory:'),
    secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
    site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
    environment: 'development',
    passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
    login: { backends: [backend] },
    mounts: {},
  })

const password = 'otter by the weir'
const either = passwordBackend({ identifiers: ['username', 'email'] })

try {
  // As JavaScript would let you write it.
  open({ name: 'either' } as AuthenticationBackend)
} catch (error) {
  console.log(error instanceof Error ? error.message : error)
}

async function attempt(backend: AuthenticationBackend, identifier: string): Promise<string> {
  const auth = open(backend)
  await auth.createUser({ username: 'ann', email: 'ann@example.org', password, passwordCheck: 'enforced' })
  try {
    return `let in as ${(await auth.login({ identifier, password })).user.username}`
  } catch (error) {
    return error instanceof AuthError ? error.code : String(error)
  } finally {
    await auth.close()
  }
}

const forgetful = { ...either, authenticate: async () => undefined } as unknown as AuthenticationBackend
console.log('without a verdict:', await attempt(forgetful, 'ann'))
console.log('by name:', await attempt(either, 'ann'))
console.log('by address:', await attempt(either, 'ann@example.org'))

/* prints:
Portress cannot start with these options:
  - login.backends[0].candidates must be a function
  - login.backends[0].authenticate must be a function
without a verdict: TypeError: authenticate() of the backend "password" answered undefined; is there a path without a return? It must be { outcome: 'proven', user } or { outcome: 'unproven' }
by name: let in as ann
by address: let in as ann
*/
