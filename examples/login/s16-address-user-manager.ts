/**
 * S16: an address user with a manager of its own, forms, admin pages and `createsuperuser`.
 *
 * The seed writes a manager, a user class, two forms and the admin's layout for it. Here the model is one option, the manager
 * follows the model, and `npx portress createsuperuser` asks for an address and a password because the model has
 * nothing else to ask for:
 *
 *   Email address: root@example.org
 *   Password:
 *   Password (again):
 *   Superuser created successfully.
 */
import { AuthError, createAuth, userManager } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  user: { username: 'none' },
  mounts: {},
})

const password = 'otter by the weir'
const users = userManager(auth)

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof AuthError) return error.message
    throw error
  }
}

const ann = await users.createUser({ email: 'Ann@EXAMPLE.com', password, firstName: 'Ann', lastName: 'Lee' })
console.log(`${ann.email}: staff ${ann.isStaff}, superuser ${ann.isSuperuser}`)
const root = await users.createSuperuser({ email: 'root@example.org', password })
console.log(`${root.email}: staff ${root.isStaff}, superuser ${root.isSuperuser}`)

console.log('no address:', await refusal(users.createUser({ password })))
const halfway = { email: 'half@example.org', password }
console.log('no staff:', await refusal(users.createSuperuser({ ...halfway, isStaff: false })))
console.log('no superuser:', await refusal(users.createSuperuser({ ...halfway, isSuperuser: false })))

await users.createUser({ email: 'cy@example.org' })
console.log('no password:', await refusal(auth.login({ identifier: 'cy@example.org', password })))
console.log('found as it is written:', (await users.getByNaturalKey('Ann@example.com')) !== null)
console.log('found in another case:', (await users.getByNaturalKey('ann@example.com')) !== null)
console.log('but logs in:', (await auth.login({ identifier: 'ann@example.com', password })).user.email)

await auth.close()

/* prints:
Ann@example.com: staff false, superuser false
root@example.org: staff true, superuser true
no address: The given email must be set
no staff: Superuser must have is_staff=True.
no superuser: Superuser must have is_superuser=True.
no password: The identifier or the password is wrong. Unknown, disabled and locked users answer the same.
found as it is written: true
found in another case: false
but logs in: Ann@example.com
*/
