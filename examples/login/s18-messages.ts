/**
 * S18: a view with the messages "Wrong Email" and "Invalid Credentials", and "Welcome back" otherwise.
 *
 * The seed tells everybody which addresses are known, hands the user over where a name belongs, and catches every error, its own
 * mistakes as well. Here "Invalid Credentials" is all there is to tell about what was typed; "Wrong Email" is left for what
 * is no address at all, which tells nothing about anybody; and what is no refusal goes on to whoever looks after the site.
 */
import { AuthError, createAuth } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  login: { identifiers: ['email'] },
  mounts: {},
})

async function messageFor(email: string, password: string): Promise<string> {
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) return 'Wrong Email'
  try {
    const { user } = await auth.login({ identifier: email, password })
    return `Welcome back ${user.username}`
  } catch (error) {
    if (error instanceof AuthError && error.code === 'invalid_credentials') return 'Invalid Credentials'
    throw error
  }
}

const password = 'otter by the weir'
await auth.createUser({ username: 'ann', email: 'ann@example.org', password, passwordCheck: 'enforced' })

console.log(await messageFor('ann@example.org', password))
console.log(await messageFor('ann@example.org', 'whatever it is'))
console.log(await messageFor('bob@example.org', password))
console.log(await messageFor('not an address', password))

await auth.close()

// The store is gone by now: no message hides that.
console.log(
  await messageFor('ann@example.org', password).catch((error: unknown) =>
    error instanceof AuthError ? `for the operator: ${error.code}` : 'for the operator: a fault',
  ),
)

/* prints:
Welcome back ann
Invalid Credentials
Invalid Credentials
Wrong Email
for the operator: unavailable
*/
