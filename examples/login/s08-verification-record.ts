/**
 * S8: as S7, but whether the address is verified stands in a record of its own beside the user.
 *
 * The seed asks for the record in a query of its own. Here it is a profile: it is read together with the user, deleted with the
 * user, and who has none is not verified. Only the application writes it, because its field is not writable from outside.
 */
import { AuthError, createAuth, field, passwordBackend, type User } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

const isVerified = ({ profiles }: Pick<User, 'profiles'>): boolean => profiles['verification']?.['verified'] === true

const auth = createAuth({
  // In memory the tables are made as the options say. A site that stays runs `portress makemigrations` once.
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  user: { profiles: { verification: { verified: field.boolean({ default: false, writable: false }) } } },
  login: {
    emailMustBeVerified: false,
    backends: [
      passwordBackend({ identifiers: ['username', 'email'], provenEmailOnly: true, isEmailProven: isVerified }),
    ],
  },
  mounts: {},
})

const password = 'otter by the weir'
const { user } = await auth.register({ username: 'ann', email: 'ann@example.org', password })

async function logIn(identifier: string): Promise<string> {
  try {
    return `let in as ${(await auth.login({ identifier, password })).user.username}`
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}

const setVerified = (verified: boolean) =>
  auth.updateUser({ userId: user.id, profiles: { verification: { verified } } })

console.log('no record, by address:', await logIn('ann@example.org'))
console.log('no record, by name:', await logIn('ann'))
await setVerified(true)
console.log('verified, by address:', await logIn('Ann@Example.org'))
await setVerified(false)
console.log('no longer, by address:', await logIn('ann@example.org'))

await auth.close()

/* prints:
no record, by address: invalid_credentials
no record, by name: let in as ann
verified, by address: let in as ann
no longer, by address: invalid_credentials
*/
