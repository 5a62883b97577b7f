/**
 * S3: people log in by address, and have a user name only because it stands in the URL of their profile.
 *
 * The seed makes the name of what it pleases, looks it up by the lower-cased address at each log-in, and then compares
 * the password: an address that nobody has is an unhandled error, and the time tells who has an account. Here the address
 * itself logs in, unknown ones cost and say the same as wrong passwords, and the store makes the name in the step that
 * adds the user: first and last name with the user's number, never anything of the address, the same for good.
 */
import { AuthError, createAuth } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  user: { username: 'invented' },
  login: { identifiers: ['email'], emailMustBeVerified: false },
  mounts: {},
})

const password = 'otter by the weir'
const profileOf = ({ username }: { readonly username: string | null }): string => `/profile/${username}/`

async function logIn(identifier: string, typed = password): Promise<string> {
  try {
    const { user } = await auth.login({ identifier, password: typed })
    return profileOf(user)
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}

const ann = { email: 'ann.private@example.org', password, firstName: 'Ann', lastName: 'Smith' }
console.log('Ann Smith:', profileOf((await auth.register(ann)).user))
console.log('another Ann Smith:', profileOf((await auth.register({ ...ann, email: 'as@example.org' })).user))
console.log('nobody says who:', profileOf((await auth.register({ email: 'bob@example.org', password })).user))
console.log(
  'a name of her own:',
  profileOf((await auth.register({ ...ann, email: 'c@example.org', username: 'annie' })).user),
)

console.log('logs in by address:', await logIn('Ann.Private@Example.org'))
console.log('by the public name:', await logIn('annsmith_1'))
console.log('by an address that nobody has:', await logIn('nobody@example.org'))

const { issued } = await auth.login({ identifier: ann.email, password })
const married = await auth.updateProfile({ lastName: 'Jones' }, { actor: issued })
console.log(`now ${married.firstName} ${married.lastName}, at the same place:`, profileOf(married))

await auth.close()

/* prints:
Ann Smith: /profile/annsmith_1/
another Ann Smith: /profile/annsmith_2/
nobody says who: /profile/user_3/
a name of her own: /profile/annie/
logs in by address: /profile/annsmith_1/
by the public name: invalid_credentials
by an address that nobody has: invalid_credentials
now Ann Jones, at the same place: /profile/annsmith_1/
*/
