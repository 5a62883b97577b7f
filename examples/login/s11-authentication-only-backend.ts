/**
 * S11: a bare backend that finds users by their e-mail and compares the password, and nothing else.
 *
 * In the seed such a backend let inactive users in, answered faster for an address that nobody has, and left nobody with
 * a permission where it was the only one. Here a backend says who somebody is, and no more: whether they may come in is
 * asked by the gate, which also makes every attempt cost the same; what they may do is stored, and is answered
 * whatever recognised them. The backend itself grants nothing.
 */
import { AuthError, type AuthenticationBackend, createAuth } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

const byEmail: AuthenticationBackend = {
  name: 'email',
  identifiers: ['email'],
  candidates: (identifier, { users, canonical }) => users.findByIdentifier(canonical(identifier), ['email'], 1),
  async authenticate({ password }, [user], { verifyPassword }) {
    // One evaluation whoever was found, so that the time tells nothing.
    const isRight = await verifyPassword(password, user?.passwordHash ?? null)
    return user !== undefined && isRight ? { outcome: 'proven', user } : { outcome: 'unproven' }
  },
}

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  login: { backends: [byEmail] },
  permissions: { 'blog.add_post': 'Can add a post' },
  // Called directly, so nothing needs to answer over HTTP.
  mounts: {},
})

const password = 'otter by the weir'
const ann = await auth.createUser({ username: 'ann', email: 'ann@example.org', password, passwordCheck: 'enforced' })

async function logIn(identifier: string, typed: string): Promise<string> {
  try {
    const { issued } = await auth.login({ identifier, password: typed })
    return `let in by the backend "${issued.session.backend}"`
  } catch (error) {
    if (error instanceof AuthError) return `refused: ${error.code}`
    throw error
  }
}

const mayPost = async (): Promise<string> => ((await auth.hasPermission(ann, 'blog.add_post')) ? 'yes' : 'no')

console.log('by e-mail:', await logIn('Ann@Example.org', password))
console.log('by user name:', await logIn('ann', password))
console.log('by an address that nobody has:', await logIn('bob@example.org', password))

console.log('may post, because the backend knows her:', await mayPost())
const editors = await auth.createGroup({ name: 'Editors', permissions: ['blog.add_post'] })
await auth.setUserGroups({ userId: ann.id, groupIds: [editors.id] })
console.log('may post, as an editor:', await mayPost())

await auth.setStatus({ userId: ann.id, status: 'disabled' })
console.log('disabled, by e-mail:', await logIn('ann@example.org', password))
console.log('may post, disabled:', await mayPost())

await auth.close()

/* prints:
by e-mail: let in by the backend "email"
by user name: refused: invalid_credentials
by an address that nobody has: refused: invalid_credentials
may post, because the backend knows her: no
may post, as an editor: yes
disabled, by e-mail: refused: invalid_credentials
may post, disabled: no
*/
