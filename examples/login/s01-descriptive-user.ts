/**
 * S1: a user with a short name, a description and two marks, `staff` and `admin`, made by a manager; the asker wants every
 * attempt at the admin's log-in written down, and a lock after three failures.
 *
 * In the seed the superuser's name may be blank, staff users take two writes, and `has_perm` answers yes for everybody.
 * Here the manager checks the name each time and writes once, a permission is data that only an active superuser need not
 * have, `is_staff` and `is_admin` are views of what the engine keeps and no client can set, and the lock ends by itself.
 */
import { AuthError, createAuth, field, type UserOf, userManager } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

const fields = { description: field.text({ maxLength: 50, default: 'None', required: true }) }

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  user: { email: 'optional', usernameMaxLength: 15, fields, displayName: ({ username }) => username ?? '' },
  permissions: { 'blog.add_post': 'Can add a post' },
  lockout: { maxFailures: 3 },
  mounts: {},
})

const password = 'otter by the weir'
const users = userManager(auth)

/** The user in the words of the seed. */
const describe = ({ username, fields: { description }, status, isStaff, isSuperuser }: UserOf<typeof fields>): string =>
  JSON.stringify({ username, description, is_active: status === 'active', is_staff: isStaff, is_admin: isSuperuser })

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof AuthError) return error.message
    throw error
  }
}

const ann = await users.createUser({ username: 'ann', password, description: 'Reads a lot' })
const bob = await users.createStaffUser({ username: 'bob', password })
const root = await users.createSuperuser({ username: 'root', password, description: 'Runs it all' })
for (const user of [ann, bob, root]) console.log(describe(user))
console.log(`a blank name: "${await refusal(users.createSuperuser({ username: '', password, description: 'x' }))}"`)

for (const { id, username } of [ann, bob, root]) {
  console.log(`${username} may add a post: ${await auth.hasPermission(id, 'blog.add_post')}`)
}

const logIn = (typed: string) => auth.login({ identifier: 'root', password: typed }, { door: 'admin' })
for (const guess of ['one', 'two', 'three']) await refusal(logIn(guess))
console.log(`the right password after three failures: "${await refusal(logIn(password))}"`)
await auth.clearLocks({ identifier: 'root' })
console.log(`and once somebody has unlocked the user: ${await refusal(logIn(password))}`)

const attempts = await auth.listAttempts({ scope: 'all', filter: { door: 'admin', limit: 10 } })
console.log('attempts, newest first:', attempts.map(({ outcome }) => outcome).join(', '))

await auth.close()

/* prints:
{"username":"ann","description":"Reads a lot","is_active":true,"is_staff":false,"is_admin":false}
{"username":"bob","description":"None","is_active":true,"is_staff":true,"is_admin":false}
{"username":"root","description":"Runs it all","is_active":true,"is_staff":true,"is_admin":true}
a blank name: "Users must have an username "
ann may add a post: false
bob may add a post: false
root may add a post: true
the right password after three failures: "The identifier or the password is wrong. Unknown, disabled and locked users answer the same."
and once somebody has unlocked the user: done
attempts, newest first: success, locked, wrong_password, wrong_password, wrong_password
*/
