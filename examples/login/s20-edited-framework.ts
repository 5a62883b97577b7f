/**
 * S20: unique addresses that log in, by editing the framework's own model file where it is installed.
 *
 * The next installation undoes that, and nobody who reads the program can see it. Here it is two words of configuration: the
 * user name stays what it is, the address logs in, and both are unique in the database anyway.
 */
import { AuthError, createAuth } from 'portress'
import { djoser } from 'portress/dialects/djoser'
import { sqlite } from 'portress/stores/sqlite'

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  login: { identifiers: ['email'] },
  mounts: { '/auth': djoser() },
})

const password = 'otter by the weir'
const make = (username: string, email: string) =>
  auth.createUser({ username, email, password, passwordCheck: 'enforced' })

async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof AuthError) return `${error.code} ${Object.keys(error.details.fields ?? {}).join(', ')}`.trim()
    throw error
  }
}

console.log('ann:', await outcome(make('ann', 'ann@example.org')))
console.log('another with her address:', await outcome(make('bob', 'ANN@example.org')))
console.log('another with her name:', await outcome(make('Ann', 'bob@example.org')))
console.log('without a name:', await outcome(make('', 'cy@example.org')))
console.log('log-in by address:', await outcome(auth.login({ identifier: 'ann@example.org', password })))
console.log('log-in by name:', await outcome(auth.login({ identifier: 'ann', password })))

// The door follows: what clients of djoser send as `email` here was `username` before.
const asked = await auth.fetch(
  new Request('http://127.0.0.1:3000/auth/token/login/', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'ann@example.org', password }),
  }),
)
console.log('POST /auth/token/login/:', asked.status)

await auth.close()

/* prints:
ann: done
another with her address: validation_failed email
another with her name: validation_failed username
without a name: validation_failed username
log-in by address: done
log-in by name: invalid_credentials
POST /auth/token/login/: 200
*/
