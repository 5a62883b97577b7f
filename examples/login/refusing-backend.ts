/**
 * Backends that refuse outright: nobody else is asked after them, and whoever they refuse is told what is told of a wrong
 * password.
 *
 * The first in the list keeps everybody out but the staff while the site is being looked after; the second refuses whoever comes
 * from somewhere else than where people work. Neither has to know anything about passwords.
 */
import { AuthError, type AuthenticationBackend, createAuth, passwordBackend } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

const site: { isMaintained: boolean } = { isMaintained: false }

const either = passwordBackend({ identifiers: ['username', 'email'] })

const maintenance: AuthenticationBackend = {
  name: 'maintenance',
  evaluations: 0,
  candidates: either.candidates,
  authenticate: async (_, [user]) => ({
    outcome: site.isMaintained && user?.isStaff !== true ? 'refused' : 'unproven',
  }),
}

const office: AuthenticationBackend = {
  name: 'office',
  evaluations: 0,
  candidates: async () => [],
  authenticate: async ({ request }) => ({ outcome: request.address?.startsWith('192.0.2.') ? 'unproven' : 'refused' }),
}

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  login: { backends: [maintenance, office, either] },
  lockout: { maxFailures: 10 },
  mounts: {},
})

const password = 'otter by the weir'
const add = (username: string, isStaff: boolean) =>
  auth.createUser({ username, email: `${username}@example.org`, password, isStaff, passwordCheck: 'enforced' })

await add('ann', true)
await add('bob', false)

async function logIn(identifier: string, address: string): Promise<string> {
  try {
    const { issued } = await auth.login({ identifier, password }, { address })
    return `let in by the backend "${issued.session.backend}"`
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}

console.log('bob, from the office:', await logIn('bob', '192.0.2.17'))
console.log('bob, from elsewhere:', await logIn('bob', '198.51.100.4'))
site.isMaintained = true
console.log('bob, while the site is being looked after:', await logIn('bob', '192.0.2.17'))
console.log('ann, who does it:', await logIn('ann', '192.0.2.17'))

await auth.close()

/* prints:
bob, from the office: let in by the backend "password"
bob, from elsewhere: invalid_credentials
bob, while the site is being looked after: invalid_credentials
ann, who does it: let in by the backend "password"
*/
