/**
 * S17: a view of the site's own that answers 404 where nobody has the address, and logs in otherwise.
 *
 * In the seed the status tells everybody whose address is known, and a wrong password is not handled at all. Here a client that
 * waits for the 404 gets it, but for a wrong password just as for an unknown address: one answer, after the same work. The
 * site can find out which it was in its own log.
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

async function logInView(request: Request): Promise<Response> {
  const { email, password } = (await request.json()) as { readonly email: string; readonly password: string }
  try {
    const { issued } = await auth.login({ identifier: email, password })
    return Response.json({ token: issued.token })
  } catch (error) {
    // What is no answer about the two, such as a full queue, is not one of these.
    const isWrong = error instanceof AuthError && ['invalid_credentials', 'validation_failed'].includes(error.code)
    if (!isWrong) throw error
    return Response.json({ detail: 'Not found.' }, { status: 404 })
  }
}

const password = 'otter by the weir'
await auth.createUser({ username: 'ann', email: 'ann@example.org', password, passwordCheck: 'enforced' })

async function post(email: unknown, typed: unknown): Promise<string> {
  const body = JSON.stringify({ email, password: typed })
  const response = await logInView(new Request('http://127.0.0.1:3000/login', { method: 'POST', body }))
  return response.ok ? '200' : `${response.status} ${await response.text()}`
}

console.log('right:', await post('ann@example.org', password))
console.log('wrong password:', await post('ann@example.org', 'whatever it is'))
console.log('unknown address:', await post('bob@example.org', password))
console.log('no address at all:', await post(null, password))

for (const { identifier, outcome } of (await auth.listAttempts({ scope: 'all', filter: { limit: 10 } })).toReversed()) {
  console.log(`in the log: ${identifier}, ${outcome}`)
}

await auth.close()

/* prints:
right: 200
wrong password: 404 {"detail":"Not found."}
unknown address: 404 {"detail":"Not found."}
no address at all: 404 {"detail":"Not found."}
in the log: ann@example.org, success
in the log: ann@example.org, wrong_password
in the log: bob@example.org, unknown_user
*/
