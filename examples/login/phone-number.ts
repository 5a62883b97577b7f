/**
 * People log in with a telephone number, however they write it, or with their user name.
 *
 * The number is a field of the application's own: `unique`, so that it is found at once and means one user. What was typed
 * becomes what is stored before it is looked up, and all ways to write a number are counted as one.
 */
import { AuthError, createAuth, field, passwordBackend } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

/** E.164, for a country whose numbers begin with 0 at home. */
function phoneNumber(typed: string): string | null {
  const digits = typed.replace(/[\s()/-]/g, '').replace(/^0(?=[1-9])/, '+49')
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : null
}

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  user: { email: 'optional', fields: { phone: field.text({ unique: true, maxLength: 16 }) } },
  login: { backends: [passwordBackend({ identifiers: [{ field: 'phone', normalize: phoneNumber }, 'username'] })] },
  mounts: {},
})

const password = 'otter by the weir'
await auth.register({ username: 'ann', password, fields: { phone: phoneNumber('030 123-4567') } })

async function logIn(identifier: string, typed = password): Promise<string> {
  try {
    return `let in as ${(await auth.login({ identifier, password: typed })).user.username}`
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}

for (const identifier of ['+49301234567', '(030) 123 45 67', 'ann', '030 7654321']) {
  console.log(`${identifier}:`, await logIn(identifier))
}
// Three guesses, written in three ways, and the fourth is not looked at any more.
for (const identifier of ['030 1234567', '030/123-4567', '+49 30 1234567']) await logIn(identifier, 'whatever it is')
console.log('after three guesses:', await logIn('+49301234567'))

await auth.close()

/* prints:
+49301234567: let in as ann
(030) 123 45 67: let in as ann
ann: let in as ann
030 7654321: invalid_credentials
after three guesses: invalid_credentials
*/
