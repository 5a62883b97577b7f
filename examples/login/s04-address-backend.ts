/**
 * S4: a backend that finds users by their address, listed after the stock one.
 *
 * In the seed the address is compared as it is written, an inactive user passes, two users with one address are a crash, and an
 * address that nobody has is answered ten times faster. Here both backends are made of options: every refusal costs as
 * much as both of them, whether somebody may come in is the gate's to ask, and the session says which of the two knew.
 */
import { AuthError, createAuth, passwordBackend } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  login: {
    backends: [
      passwordBackend({ name: 'stock', identifiers: ['username'], exactCase: ['username'] }),
      passwordBackend({ name: 'address', identifiers: ['email'] }),
    ],
  },
  mounts: {},
})

const password = 'otter by the weir'
const ann = await auth.createUser({ username: 'ann', email: 'ann@example.org', password, passwordCheck: 'enforced' })

async function logIn(identifier: string): Promise<string> {
  try {
    const { issued } = await auth.login({ identifier, password })
    return `let in by the backend "${issued.session.backend}"`
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}

console.log('by name:', await logIn('ann'))
console.log('by name in another case:', await logIn('ANN'))
console.log('by address:', await logIn('Ann@Example.org'))
await auth.setStatus({ userId: ann.id, status: 'disabled' })
console.log('disabled, by address:', await logIn('ann@example.org'))

await auth.close()

/* prints:
by name: let in by the backend "stock"
by name in another case: invalid_credentials
by address: let in by the backend "address"
disabled, by address: invalid_credentials
*/
