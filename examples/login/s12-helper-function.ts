/**
 * S12: a helper function and a view of the site's own, with its own words: "user is not active", "email or password not correct".
 *
 * The seed compares the password in the helper, past every backend, event and count, and then goes wherever `next` says: a
 * link to the log-in page can end on any site. Here the view calls `auth.login`, so the attempt is counted and logged like any
 * other; the state of a user is told only to whoever typed the right password; and `next` must be of this site.
 */
import { AuthError, createAuth, type ErrorCode } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

const origin = 'http://127.0.0.1:3000'

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  login: { identifiers: ['email'] },
  mounts: {},
})

const WORDS: Partial<Record<ErrorCode, string>> = {
  user_not_active: 'user is not active',
  invalid_credentials: 'email or password not correct',
  validation_failed: 'email or password not correct',
}

/** The view of the seed, for a form with `email` and `password` that is posted to `/login?next=…`. */
async function logInView(request: Request): Promise<Response> {
  const form = await request.formData()
  const [identifier, password] = [String(form.get('email') ?? ''), String(form.get('password') ?? '')]
  try {
    const { issued } = await auth.login({ identifier, password, revealStatus: true })
    const location = safeNext(new URL(request.url).searchParams.get('next'))
    return new Response(issued.token, { status: 303, headers: { location } })
  } catch (error) {
    const words = error instanceof AuthError ? WORDS[error.code] : undefined
    if (words === undefined) throw error
    return new Response(words, { status: 400 })
  }
}

/** As a browser reads it, and as a whole: `//elsewhere.example` is an address, too. */
function safeNext(next: string | null): string {
  const target = URL.parse(next ?? '/', origin)
  return target?.origin === origin ? target.href : `${origin}/`
}

const password = 'otter by the weir'
const ann = await auth.createUser({ username: 'ann', email: 'ann@example.org', password, passwordCheck: 'enforced' })

async function post(email: string, typed: string, next = '/basket'): Promise<string> {
  const body = new URLSearchParams({ email, password: typed })
  const url = `${origin}/login?next=${encodeURIComponent(next)}`
  const response = await logInView(new Request(url, { method: 'POST', body }))
  return `${response.status} ${response.headers.get('location') ?? (await response.text())}`
}

console.log('in:', await post('ann@example.org', password))
for (const next of [
  'https://elsewhere.example/',
  '//elsewhere.example',
  '/\\elsewhere.example',
  'javascript:alert(1)',
]) {
  console.log(`next=${next}:`, await post('ann@example.org', password, next))
}
console.log('wrong:', await post('ann@example.org', 'whatever it is'))
console.log('unknown:', await post('bob@example.org', password))
await auth.setStatus({ userId: ann.id, status: 'disabled' })
console.log('disabled:', await post('ann@example.org', password))
console.log('disabled and wrong:', await post('ann@example.org', 'whatever it is'))
console.log('in the log:', (await auth.listAttempts({ scope: 'all', filter: { limit: 100 } })).length, 'attempts')

await auth.close()

/* prints:
in: 303 http://127.0.0.1:3000/basket
next=https://elsewhere.example/: 303 http://127.0.0.1:3000/
next=//elsewhere.example: 303 http://127.0.0.1:3000/
next=/\elsewhere.example: 303 http://127.0.0.1:3000/
next=javascript:alert(1): 303 http://127.0.0.1:3000/
wrong: 400 email or password not correct
unknown: 400 email or password not correct
disabled: 400 user is not active
disabled and wrong: 400 email or password not correct
in the log: 9 attempts
*/
