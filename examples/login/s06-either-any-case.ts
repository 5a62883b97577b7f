/**
 * S6: the user name or the address, both in any case, with equal work for a name that nobody has and inactive users refused.
 *
 * In the seed two users behind one identifier end the comparison: the first of them is let in, with any password. It needs
 * no more than two names that differ in their case. Here names and addresses are unique in the form in which they are
 * looked up, and an identifier that several share lets in only whoever's password it is.
 */
import { AuthError, createAuth } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  // Either, in any case, is the default. Sharing an address is not.
  user: { emailUnique: 'once-proven' },
  login: { emailMustBeVerified: false },
  mounts: {},
})

const password = 'otter by the weir'

async function logIn(identifier: string, typed = password): Promise<string> {
  try {
    return `let in as ${(await auth.login({ identifier, password: typed })).user.username}`
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}

await auth.register({ username: 'MiX', email: 'Mix@example.org', password })
console.log('by name in another case:', await logIn('mix'))
console.log('by address in another case:', await logIn('MIX@example.org'))

const taken = await auth
  .register({ username: 'mix', email: 'x@example.org', password })
  .catch((error: unknown) => error)
console.log('a second "mix":', taken instanceof AuthError ? taken.details.fields : 'registered')

// Two more who say that the address is theirs.
await auth.register({ username: 'bob', email: 'mix@example.org', password: 'heron on the bank' })
await auth.register({ username: 'eve', email: 'mix@example.org', password: 'kestrel over the mill' })
console.log('any password by the address:', await logIn('mix@example.org', 'whatever it is'))
console.log('the password of bob:', await logIn('mix@example.org', 'heron on the bank'))
console.log('the password of eve:', await logIn('mix@example.org', 'kestrel over the mill'))

await auth.close()

/* prints:
by name in another case: let in as MiX
by address in another case: let in as MiX
a second "mix": { username: [ { code: 'taken' } ] }
any password by the address: invalid_credentials
the password of bob: let in as bob
the password of eve: let in as eve
*/
