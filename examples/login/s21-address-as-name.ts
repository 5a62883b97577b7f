/**
 * S21: the address is what people log in with, and there is no other name.
 *
 * The seed copies the address into the user name whenever a user is made or changed. Each place that forgets it locks somebody
 * out, the two differ in letter case, and the address is in every URL that was meant to have a name. Here the model has no
 * user name at all: there is one column, so there is nothing to keep in step.
 */
import { AuthError, createAuth } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

const mailbox: { readonly to: string; readonly text: string }[] = []

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  user: { username: 'none' },
  mailer: {
    description: 'a list',
    sentMails: 'erase',
    send: async (mail) => void mailbox.push(mail),
    close: async () => undefined,
  },
  mounts: {},
})

const password = 'otter by the weir'

async function logIn(identifier: string): Promise<string> {
  try {
    return `let in as user ${(await auth.login({ identifier, password })).user.id}`
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}

/** The code in the newest mail to the address. */
async function mailedCode(address: string): Promise<string> {
  await auth.flush()
  const mail = mailbox.findLast(({ to }) => to === address)
  return /code=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
}

const { user } = await auth.register({ email: 'Ann@EXAMPLE.org', password })
console.log(`registered: name ${user.username}, address ${user.email}`)
await auth.activate({ code: await mailedCode('Ann@example.org') })
console.log('by the address:', await logIn('ann@example.org'))

const { issued } = await auth.login({ identifier: 'ann@example.org', password })
await auth.changeEmail({ newEmail: 'ann@example.net', currentPassword: password }, { actor: issued })
console.log('before the new one is confirmed, by the new one:', await logIn('ann@example.net'))
await auth.confirmEmailChange({ code: await mailedCode('ann@example.net') })
console.log('confirmed, by the new one:', await logIn('ann@example.net'))
console.log('by the old one:', await logIn('ann@example.org'))

await auth.close()

/* prints:
registered: name null, address Ann@example.org
by the address: let in as user 1
before the new one is confirmed, by the new one: invalid_credentials
confirmed, by the new one: let in as user 1
by the old one: invalid_credentials
*/
