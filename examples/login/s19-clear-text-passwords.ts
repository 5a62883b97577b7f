/**
 * S19: a table with a column of clear-text passwords, which the log-in compares with what was typed.
 *
 * Nothing of that is rebuilt: no backend here can see a clear text. This takes such a table over once. Each password is hashed
 * on its way in and never compared; one that the validators refuse is not taken along, and its owner chooses another by a
 * mailed link. Then the old table goes, and so should its copies: back-ups, dumps and logs hold what people also use elsewhere.
 */
import { DatabaseSync } from 'node:sqlite'
import { AuthError, createAuth } from 'portress'
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

const legacy = new DatabaseSync(':memory:')
legacy.exec(`
  CREATE TABLE b_reg (B_Email TEXT, Password TEXT);
  INSERT INTO b_reg VALUES
    ('Ann@Example.org', 'otter by the weir'), ('bob@example.org', '123456'), ('ann@example.org', 'of an older row'),
    ('no address', 'heron at the lock'), ('cy@example.org', NULL);
`)

/** Takes one row over and says what became of it. */
async function takeOver(email: string, password: string | null): Promise<string> {
  const problems = await problemsOf(auth.createUser({ email, password, passwordCheck: 'enforced' }))
  if (problems['email'] !== undefined) return `left out, its address is ${problems['email']}`
  if (problems['password'] !== undefined) return takeOver(email, null)
  return password === null ? 'taken over without a password' : 'taken over, and the password hashed'
}

/** What is wrong with which field. */
async function problemsOf(work: Promise<unknown>): Promise<Readonly<Record<string, string | undefined>>> {
  try {
    await work
    return {}
  } catch (error) {
    if (!(error instanceof AuthError) || error.details.fields === undefined) throw error
    return Object.fromEntries(Object.entries(error.details.fields).map(([name, [first]]) => [name, first?.code]))
  }
}

// The rows come in the order of their ids; which of two with one address is right, only you can know.
for (const { B_Email: email, Password: password } of legacy.prepare('SELECT * FROM b_reg ORDER BY rowid').all()) {
  const text = typeof password === 'string' && password !== '' ? password : null
  console.log(`${email}: ${await takeOver(String(email).trim(), text)}`)
}
legacy.exec('DROP TABLE b_reg')
legacy.close()

async function logIn(identifier: string, password: string): Promise<string> {
  try {
    return `let in as ${(await auth.login({ identifier, password })).user.email}`
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}

console.log('ann with her old password:', await logIn('ann@example.org', 'otter by the weir'))
console.log('bob with his old, weak one:', await logIn('bob@example.org', '123456'))

// Who came without a password gets in by this mail alone. Here it stays in the outbox; a mailer would send it.
await auth.requestPasswordReset({ email: 'bob@example.org' })

await auth.close()

/* prints:
Ann@Example.org: taken over, and the password hashed
bob@example.org: taken over without a password
ann@example.org: left out, its address is taken
no address: left out, its address is email_invalid
cy@example.org: taken over without a password
ann with her old password: let in as Ann@example.org
bob with his old, weak one: invalid_credentials
*/
