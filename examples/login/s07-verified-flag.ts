/**
 * S7: the user name logs in as it is written, the address in any case but only once it is verified, and addresses that
 * nobody has verified may repeat.
 *
 * The seed asks the database for all who have the name or the verified address, and breaks when that is more than one. Here an
 * address has one owner from the moment somebody proves it, decided in the database, so there is nothing to break on; and the
 * flag is the moment of the proof, which only a mailed code can set.
 */
import { AuthError, createAuth, passwordBackend } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

const mailbox: string[] = []

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  user: { emailUnique: 'once-proven' },
  login: {
    emailMustBeVerified: false,
    backends: [passwordBackend({ identifiers: ['username', 'email'], exactCase: ['username'], provenEmailOnly: true })],
  },
  mailer: {
    description: 'a list',
    sentMails: 'erase',
    send: async ({ text }) => void mailbox.push(text),
    close: async () => undefined,
  },
  mounts: {},
})

const password = 'otter by the weir'

async function logIn(identifier: string): Promise<string> {
  try {
    return `let in as ${(await auth.login({ identifier, password })).user.username}`
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}

/** The code in the newest mail. */
async function mailedCode(): Promise<string> {
  await auth.flush()
  return /code=([\w-]+)/.exec(mailbox.at(-1) ?? '')?.[1] ?? ''
}

const register = (username: string) => auth.register({ username, email: 'ann@example.org', password })

await register('ann')
const code = await mailedCode()
await register('eve')
const codeOfEve = await mailedCode()
console.log('two people say that an address is theirs')
console.log('ann by name:', await logIn('ann'))
console.log('by name in another case:', await logIn('ANN'))
console.log('by the address:', await logIn('ann@example.org'))

const { user } = await auth.activate({ code })
console.log(`${user.username} has proven it: ${user.emailVerifiedAt !== null}`)
console.log('by the address:', await logIn('Ann@Example.ORG'))
console.log('eve by name:', await logIn('eve'))

const refused = await auth.activate({ code: codeOfEve }).catch((error: unknown) => error)
console.log('eve uses the link that was mailed for her:', refused instanceof AuthError ? refused.code : 'done')

await auth.close()

/* prints:
two people say that an address is theirs
ann by name: let in as ann
by name in another case: invalid_credentials
by the address: invalid_credentials
ann has proven it: true
by the address: let in as ann
eve by name: let in as eve
eve uses the link that was mailed for her: code_invalid
*/
