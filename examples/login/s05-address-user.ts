/**
 * S5: the address takes the place of the user name: unique, the field that logs in, and the only one that is required.
 *
 * The seed keeps the user name beside it and compares addresses as they are written, so `Ann@Example.org` and
 * `ann@example.org` are two people. Here there is no user name, and an address is kept as it was typed while a folded form of
 * it is looked up and unique.
 */
import { AuthError, createAuth } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  user: { username: 'none' },
  login: { emailMustBeVerified: false },
  mounts: {},
})

const password = 'otter by the weir'

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof AuthError) return JSON.stringify(error.details.fields ?? error.code)
    throw error
  }
}

const { user } = await auth.register({ email: 'Ann@EXAMPLE.org', password })
console.log(`registered: ${user.email}, user name: ${user.username}`)
console.log('without an address:', await refusal(auth.register({ password })))
console.log('with a user name:', await refusal(auth.register({ username: 'bob', email: 'bob@example.org', password })))

for (const identifier of ['Ann@example.org', 'ann@EXAMPLE.ORG', 'ann']) {
  console.log(`log-in as ${identifier}:`, await refusal(auth.login({ identifier, password })))
}

// Who registers is never told whose an address is; an operator is.
const again = { email: 'ann@example.org', password, passwordCheck: 'enforced' } as const
console.log('the same address again, by an operator:', await refusal(auth.createUser(again)))

await auth.close()

/* prints:
registered: Ann@example.org, user name: null
without an address: {"email":[{"code":"required"}]}
with a user name: {"username":[{"code":"unknown_field"}]}
log-in as Ann@example.org: done
log-in as ann@EXAMPLE.ORG: done
log-in as ann: "invalid_credentials"
the same address again, by an operator: {"email":[{"code":"taken"}]}
*/
